import CRMModel
import CRMRecords
import CRMStorage
import TestSupport
import Testing

@Suite("A deletion")
struct DeletionTests {
    private let crm: TestCompany

    init() throws { crm = try Fixture.company() }

    /// A company with a child company and an order of three lines of its own.
    private func company() throws -> (parent: RecordID, child: RecordID, sale: RecordID) {
        try crm.write { crm throws(PlatformError) in
            let parent = try crm.create(object("company"), ["name": "甲"]).record.recordID
            let child = try crm.create(object("company"), ["name": "乙", "parent": "\(parent)"]).record.recordID
            var input: RecordInput = ["company": "\(child)"]
            input[field("lines")] = .rows([["item": "a"], ["item": "b"], ["item": "c"]])
            return (parent, child, try crm.create(object("sale"), input).record.recordID)
        }
    }

    @Test("says which records went with it and which references were emptied, as its plan did")
    func outcome() throws {
        let (parent, child, sale) = try company()
        let (plan, outcome) = try crm.write { crm throws(PlatformError) in
            (try crm.deletionPlan(of: sale), try crm.delete(sale))
        }
        #expect(outcome.record == sale && outcome.title == "S-01")
        #expect(outcome.deleted.map(\.object) == [object("sale_line")])
        #expect(outcome.deleted.first?.count == 3 && outcome.deleted.first?.examples.count == 3)
        #expect(outcome.cleared == [])
        #expect(plan.obstacles.isEmpty && plan.deleted == outcome.deleted && plan.cleared == [] && !plan.isCut)
        let (emptying, emptied) = try crm.write { crm throws(PlatformError) in
            (try crm.deletionPlan(of: parent), try crm.delete(parent))
        }
        #expect(emptied.cleared.map(\.field) == [field("parent")] && emptied.cleared.first?.examples == [child])
        #expect(emptying.cleared == emptied.cleared && emptied.deleted == [])
    }

    @Test("that would be refused says so in its plan, with the same obstacles")
    func obstacles() throws {
        let (_, child, sale) = try company()
        let plan = try crm.read { crm throws(PlatformError) in try crm.deletionPlan(of: child) }
        let error = crm.refusal { try crm.write { crm throws(PlatformError) in try crm.delete(child) } }
        #expect(plan.obstacles == error?.issues && plan.obstacles.first?.conflicting == sale)
    }

    @Test("is refused while a record of a plugin that is not installed refers to the record, and names the plugin")
    func archived() throws {
        let notes = [
            "objects/memo.json": """
            {"name":"memo","label":{"zh-CN":"备忘","zh-TW":"備忘","en":"Memo"},"title_field":"text","fields":[
              {"name":"text","type":"text","label":"内容"},
              {"name":"about","type":"reference","object":"company","label":"公司","on_delete":"cascade"}]}
            """,
            "objects/company.extend.json": """
            {"extends":"company","fields":[{"name":"memos_main","type":"reference","object":"company","label":"主公司"}]}
            """,
        ]
        try crm.install(notes, plugin: "memos", depends: #"{"test":"^1.0.0"}"#)
        let ids = try crm.write { crm throws(PlatformError) in
            let a = try crm.create(object("company"), ["name": "甲"]).record.recordID
            let b = try crm.create(object("company"), ["name": "乙"]).record.recordID
            let c = try crm.create(object("company"), ["name": "丙", "memos_main": "\(b)"]).record.recordID
            _ = try crm.create(object("memo"), ["text": "x", "about": "\(a)"])
            return [a, b, c]
        }
        try crm.uninstall("memos")
        for id in ids.prefix(2) {
            let error = crm.refusal { try crm.write { crm throws(PlatformError) in try crm.delete(id) } }
            #expect(error?.code == .validationFailed)
            #expect(error?.issues.count == 1 && error?.issues.first?.plugin?.rawValue == "memos")
            #expect(error?.text(in: .en).contains("memos") == true)
            let plan = try crm.read { crm throws(PlatformError) in try crm.deletionPlan(of: id) }
            #expect(plan.obstacles == error?.issues)
        }
        try crm.write { crm throws(PlatformError) in try crm.delete(ids[2]) }
        // The row of the third is gone, and with it what it referred to.
        try crm.write { crm throws(PlatformError) in try crm.delete(ids[1]) }
        try crm.install(notes, plugin: "memos", depends: #"{"test":"^1.0.0"}"#)
        let outcome = try crm.write { crm throws(PlatformError) in try crm.delete(ids[0]) }
        #expect(outcome.deleted.map(\.object) == [object("memo")])
    }

    @Test("is refused while a field that its plugin has no more refers to the record, and says that the field is gone")
    func droppedField() throws {
        func memo(_ about: String) -> [String: String] {
            [
                "objects/memo.json": """
                {"name":"memo","label":{"zh-CN":"备忘","en":"Memo"},"title_field":"text","fields":[
                  {"name":"text","type":"text","label":"内容"}\(about)]}
                """
            ]
        }
        let about = #",{"name":"about","type":"reference","object":"company","label":"公司"}"#
        try crm.install(memo(about), plugin: "memos", depends: #"{"test":"^1.0.0"}"#)
        let id = try crm.write { crm throws(PlatformError) in
            let id = try crm.create(object("company"), ["name": "甲"]).record.recordID
            _ = try crm.create(object("memo"), ["text": "x", "about": "\(id)"])
            return id
        }
        try crm.install(memo(""), plugin: "memos", depends: #"{"test":"^1.0.0"}"#)
        let error = crm.refusal { try crm.write { crm throws(PlatformError) in try crm.delete(id) } }
        let text = error?.issues.first?.message.text(in: .en) ?? ""
        #expect(text.contains("(memos) has no field 公司 of Memo any more"), "\(text)")
        #expect(!text.contains("not installed") && error?.issues.first?.message.text(in: .zhCN).contains("卸载") == false)
        try crm.uninstall("memos")
        let away = crm.refusal { try crm.write { crm throws(PlatformError) in try crm.delete(id) } }
        #expect(away?.issues.first?.message.text(in: .en).contains("not installed now") == true)
    }

    @Test("leaves the title of what was deleted in the history")
    func lastTitle() throws {
        let id = try crm.write { crm throws(PlatformError) in
            let id = try crm.create(object("company"), ["name": "甲"]).record.recordID
            _ = try crm.update(id, ["name": "甲二"])
            return id
        }
        func title() throws -> String? { try crm.read { crm throws(PlatformError) in try crm.lastTitle(of: id) } }
        #expect(try title() == "甲二")
        try crm.write { crm throws(PlatformError) in try crm.delete(id) }
        #expect(try title() == "甲二")
        let other = RecordID(object: id.object, number: id.number + 50)
        #expect(try crm.read { crm throws(PlatformError) in try crm.lastTitle(of: other) } == nil)
    }

    @Test("leaves a history that is told as unreadable when it is, and not as empty")
    func unreadableHistory() throws {
        let id = try crm.write { crm throws(PlatformError) in
            try crm.create(object("company"), ["name": "甲"]).record.recordID
        }
        try crm.store.write { connection throws(PlatformError) in
            try connection.execute("UPDATE crmAudit SET changes='{'")
        }
        let error = crm.refusal { try crm.read { crm throws(PlatformError) in try crm.history(of: id) } }
        #expect(error?.code == .storage)
    }

    @Test("is explained with its own points and a look at rights, in the reader's language")
    func explained() throws {
        let (_, child, sale) = try company()
        let recorder = SaveRecorder(language: .en)
        try crm.write(recorder: recorder) { crm throws(PlatformError) in try crm.delete(sale) }
        let own = recorder.steps.filter { $0.record == sale }.map(\.step)
        #expect(own == [.load, .permission, .referrers, .release, .delete])
        let refused = SaveRecorder(language: .en)
        _ = crm.refusal { try crm.write(recorder: refused) { crm throws(PlatformError) in _ = try crm.delete(child) } }
        let all = (recorder.steps + refused.steps).map(\.effect).joined()
        #expect(!all.contains("版本") && !all.contains("未删除"))
        #expect(recorder.steps.first?.effect == "version 1")
    }
}
