import CRMModel
import CRMRecords
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Reports and prints")
struct ReportsOnlyReadTests {
    private static let main = """
        crm.report{name = "make", title = "m", run = function() crm.create("deal", {name = "x"}) return {columns = {}, rows = {}} end}
        crm.report{name = "change", title = "c", run = function() crm.update("deal/1", {name = "x"}) return {columns = {}, rows = {}} end}
        crm.report{name = "remove", title = "r", run = function() crm.delete("deal/1") return {columns = {}, rows = {}} end}
        crm.report{name = "hide", title = "h", run = function()
          pcall(crm.create, "deal", {name = "x"}) pcall(crm.delete, "deal/1")
          return {columns = {{name = "n", label = "n", type = "integer"}}, rows = {{n = crm.count("deal")}}}
        end}
        crm.print_template{name = "paper", title = "p", object = "deal", data = function(rec) crm.update(rec, {name = "x"}) return {} end}
        """
    private static let files = ["print/paper/zh-CN.html": "<p>{{name}}</p>"]

    private func refusals(_ platform: Platform) throws -> [String] {
        var codes: [String] = []
        for name in ["make", "change", "remove"] {
            let error = refusal { try platform.runReport(name, as: .administrator) }
            codes.append(error.map { "\($0.code)" } ?? "done")
            #expect(error?.message.text(in: .en).contains("only reads") == true, "\(name)")
        }
        let id = RecordID(object: object("deal"), number: 1)
        let error = refusal {
            try platform.printRecord(template: "paper", record: id, language: .zhCN, as: .administrator)
        }
        codes.append(error.map { "\($0.code)" } ?? "done")
        _ = try platform.runReport("hide", as: .administrator)
        let left = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("deal"))).records.map { $0["name"].displayText }
        }
        #expect(left == ["kept"])
        return codes
    }

    @Test("only read: in memory, in a rehearsal and in a file a write is refused, and with the same words")
    func refused() throws {
        let expected = Array(repeating: "invalid_input", count: 4)
        let company = try ScriptCompany(Self.main, Self.files)
        try company.run("crm.create('deal', {name = 'kept'})")
        #expect(try refusals(company.platform) == expected)
        try company.platform.beginRehearsal()
        #expect(try refusals(company.platform) == expected)
        try company.platform.rollbackRehearsal()
        let folder = try ScratchFolder()
        let file = try Platform.create(at: folder.path + "/a.crm")
        let all = ScriptCompany.metadata.merging(Self.files) { $1 }.merging(["main.lua": Self.main]) { $1 }
        try file.installPlugin(.folder(folder.plugin("demo", all)))
        try file.runScript("crm.create('deal', {name = 'kept'})", name: "s", as: .administrator) { _ in }
        #expect(try refusals(file) == expected)
        try file.close()
    }
}
