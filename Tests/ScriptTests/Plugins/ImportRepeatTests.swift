import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// Imports save without savepoints until a row fails in the middle of its save; then its batch is done again.
@Suite("Imports that must go back")
struct ImportRepeatTests {
    /// A hook that refuses a deal when it has been written, and after a second record was written too.
    private static let refusing = """
        crm.on("deal", "after_save", function(rec)
          crm.create("person", {name = "of " .. rec.name})
          if rec.name:find("bad") then error({message = "refused " .. rec.name}) end
        end)
        """

    private func imported(
        _ names: [String],
        by main: String,
        isDryRun: Bool = false
    ) throws -> (summary: ImportSummary, errors: String, company: ScriptCompany) {
        let company = try ScriptCompany(main)
        let path = company.folder.path + "/deals.csv"
        try (["name"] + names).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        var options = FileImport()
        options.isDryRun = isDryRun
        options.errorFile = company.folder.path + "/errors.csv"
        options.language = .en
        let summary = try company.platform.importRecords(
            object: object("deal"),
            file: path,
            options: options,
            as: .administrator
        )
        let errors = (try? String(contentsOfFile: company.folder.path + "/errors.csv", encoding: .utf8)) ?? ""
        return (summary, errors, company)
    }

    @Test("rows refused after they were written leave nothing, and codes have no gaps", arguments: [false, true])
    func refused(isDryRun: Bool) throws {
        // Three batches of 1,000 at most; the rows 3, 1,500 and 2,002 are refused.
        let names = (1...2002).map { [3, 1500, 2002].contains($0) ? "bad\($0)" : "deal\($0)" }
        let (summary, errors, company) = try imported(names, by: Self.refusing, isDryRun: isDryRun)
        #expect((summary.rows, summary.created, summary.failed, summary.duplicates) == (2002, 1999, 3, 0))
        #expect(summary.problems.map(\.row) == [3, 1500, 2002])
        #expect(summary.problems.first?.messages.map { $0.text(in: .en) } == ["refused bad3"])
        let lines = errors.split(whereSeparator: \.isNewline)
        #expect(lines.count == 4)
        #expect(lines.dropFirst().map { $0.split(separator: ",").last?.hasPrefix("bad") } == [true, true, true])
        #expect(try company.count("deal") == (isDryRun ? 0 : 1999))
        #expect(try company.count("person") == (isDryRun ? 0 : 1999))
        if !isDryRun {
            #expect(
                try company.run("print(crm.get('deal', 1999).code, crm.get('deal', 3).name)") == ["D-1999\tdeal4"]
            )
            #expect(try company.platform.check().isEmpty)
        }
    }

    @Test("rows refused before anything is written do not send the import back")
    func refusedEarly() throws {
        let main = """
            seen = 0
            crm.on("deal", "before_save", function(rec)
              seen = seen + 1
              if rec.name == "bad" then error({message = "no"}) end
              rec.quantity = seen
            end)
            """
        let (summary, _, company) = try imported(["a", "bad", "b"], by: main)
        #expect((summary.created, summary.failed) == (2, 1))
        // The hook has seen each row once.
        #expect(try company.run("print(crm.get('deal', 2).quantity)") == ["3"])
    }

    @Test("a hook that catches the error of a save within it is left with what a savepoint would have left")
    func caught() throws {
        let main = """
            crm.on("deal", "after_save", function(rec)
              local ok = pcall(crm.create, "person", {name = rec.name})
              crm.create("person", {name = rec.name .. " " .. tostring(ok)})
            end)
            crm.on("person", "after_save", function(rec) if rec.name == "bad" then error({message = "no"}) end end)
            """
        let (summary, _, company) = try imported(["a", "bad", "b"], by: main)
        #expect((summary.created, summary.failed) == (3, 0))
        let names = try company.run("for _, p in ipairs(crm.find('person')) do print(p.name) end")
        #expect(names == ["a", "a true", "bad false", "b", "b true"])
    }
}
