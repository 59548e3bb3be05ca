import CRMModel
import CRMRecords
import TestSupport
import Testing

@Suite("Codes")
struct NumberingTests {
    private let crm: TestCompany

    init() throws { crm = try Fixture.company() }

    private func code(_ name: String) throws -> String {
        try crm.write { crm throws(PlatformError) in
            try crm.create(object("company"), ["name": name]).record["code"].displayText
        }
    }

    @Test("have no gaps: a save that is undone gives its number back")
    func gapless() throws {
        #expect(try code("甲") == "C2026-001")
        _ = crm.refusal { _ = try code("") }
        _ = crm.refusal {
            try crm.write { session throws(PlatformError) in
                _ = try session.create(object("company"), ["name": "乙"])
                throw PlatformError(.cancelled, Message(.recordNotFound))
            }
        }
        #expect(try code("丙") == "C2026-002")
    }

    @Test("begin again with each period, by the company's calendar and not that of Greenwich")
    func reset() throws {
        crm.clock = FixedClock("2026-12-31T15:59:59Z")
        #expect(try code("甲") == "C2026-001")
        crm.clock = FixedClock("2026-12-31T16:00:00Z")
        #expect(try code("乙") == "C2027-001")
    }

    @Test("are counted for each value of the scope")
    func scope() throws {
        let codes = try crm.write { crm throws(PlatformError) in
            let first = try crm.create(object("company"), ["name": "甲"]).record.id
            let second = try crm.create(object("company"), ["name": "乙"]).record.id
            var codes: [String] = []
            for company in [first, second, first] {
                codes.append(try crm.create(object("sale"), ["company": "\(company)"]).record["code"].displayText)
            }
            return codes
        }
        #expect(codes == ["S-01", "S-01", "S-02"])
    }

    @Test("given from outside move the counter on")
    func explicitCodes() throws {
        var options = SaveOptions()
        options.allowsExplicitCodes = true
        try crm.write { crm throws(PlatformError) in
            _ = try crm.create(object("company"), ["name": "甲", "code": "C2026-041"], options)
            _ = try crm.create(object("company"), ["name": "乙", "code": "OLD-7"], options)
        }
        #expect(try code("丙") == "C2026-042")
    }

    @Test("grow beyond their width instead of wrapping")
    func overflow() throws {
        var options = SaveOptions()
        options.allowsExplicitCodes = true
        try crm.write { crm throws(PlatformError) in
            _ = try crm.create(object("company"), ["name": "甲", "code": "C2026-999"], options)
        }
        #expect(try code("乙") == "C2026-1000")
    }

    @Test("of a rule that starts again each month without showing the month are refused as metadata")
    func hiddenPeriod() {
        let rule = #"[{"name":"r","field":"code","pattern":"X{yyyy}-{seq:4}","reset":"month"}]"#
        let file =
            #"{"name":"thing","label":"T","fields":[{"name":"code","type":"auto_number","label":"C","code_rule":"r"}],"#
            + #""code_rules":\#(rule)}"#
        let error = crm.refusal { try crm.install(["objects/thing.json": file], plugin: "other") }
        #expect(error?.code == .invalidPlugin)
        #expect(error?.text(in: .en).contains("objects/thing.json:1 code_rules[0]") == true)
    }
}

/// A hook of a test.
private final class Hook: HookHandler {
    let plugin: PluginID
    let source = "test"
    private let point: HookPoint
    private let body: (RecordDraft, RecordSession) throws(PlatformError) -> Void

    init?(_ point: HookPoint, _ body: @escaping (RecordDraft, RecordSession) throws(PlatformError) -> Void) {
        guard let plugin = PluginID(rawValue: "test") else { return nil }
        self.plugin = plugin
        self.point = point
        self.body = body
    }

    func call(_ draft: RecordDraft, at point: HookPoint, in session: RecordSession) throws(PlatformError) {
        try body(draft, session)
    }

    func dispatcher(of name: String) -> Dispatcher { Dispatcher(self, point, object(name)) }
}

private final class Dispatcher: HookDispatcher {
    private let hook: Hook
    private let point: HookPoint
    private let object: ObjectName

    init(_ hook: Hook, _ point: HookPoint, _ object: ObjectName) {
        self.hook = hook
        self.point = point
        self.object = object
    }

    func handlers(at point: HookPoint, of object: ObjectName) -> [any HookHandler] {
        point == self.point && object == self.object ? [hook] : []
    }
    func validators(of object: ObjectName) -> [any ValidatorHandler] { [] }
    func codeHandler(of object: ObjectName, field: FieldName) -> (any CodeHandler)? { nil }
}

@Suite("Hooks")
struct HookTests {
    private let crm: TestCompany

    init() throws { crm = try Fixture.company() }

    @Test("that set a forbidden value before the save are caught by the second check")
    func recheck() throws {
        let hook = try #require(
            Hook(.beforeSave) { draft, session throws(PlatformError) in
                let slot = draft.object.slot(of: field("area")) ?? 0
                try session.assign(draft, slot: slot, .text("1000.01"))
            }
        )
        crm.hooks = hook.dispatcher(of: "company")
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in _ = try crm.create(object("company"), ["name": "甲"]) }
        }
        #expect(error?.issues.map(\.code) == ["too_great", "rule"])
    }

    @Test("that create records of their own object without end are stopped at depth 16 with the path")
    func endless() throws {
        let hook = try #require(
            Hook(.afterSave) { _, session throws(PlatformError) in
                _ = try session.create(object("company"), ["name": "子"])
            }
        )
        crm.hooks = hook.dispatcher(of: "company")
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in _ = try crm.create(object("company"), ["name": "甲"]) }
        }
        #expect(error?.code == .limitExceeded)
        #expect(error?.text(in: .en).contains("test:test → company/1 ⇒ test:test → company/2") == true)
        #expect(try crm.read { crm throws(PlatformError) in try crm.count(object("company")) } == 0)
    }

    @Test("are not called again for a record that they themselves save")
    func ownSave() throws {
        let calls = Counter()
        let hook = try #require(
            Hook(.afterSave) { draft, session throws(PlatformError) in
                calls.count += 1
                _ = try session.update(draft.recordID, ["phone": "13800138000"])
            }
        )
        crm.hooks = hook.dispatcher(of: "company")
        let phone = try crm.write { crm throws(PlatformError) in
            let id = try crm.create(object("company"), ["name": "甲"]).record.recordID
            return try crm.require(id)["phone"].displayText
        }
        #expect(calls.count == 1)
        #expect(phone == "13800138000")
    }

    @Test("that refuse after they wrote leave nothing written")
    func refusalUndoes() throws {
        let hook = try #require(
            Hook(.beforeSave) { draft, session throws(PlatformError) in
                guard draft.object.name == object("sale") else { return }
                _ = try session.create(object("company"), ["name": "旁"])
                throw PlatformError(.hookRejected, Message(custom: LocalizedText("no")))
            }
        )
        crm.hooks = hook.dispatcher(of: "sale")
        let company = try crm.write { crm throws(PlatformError) in
            try crm.create(object("company"), ["name": "甲"]).record.id
        }
        try crm.write { crm throws(PlatformError) in
            do throws(PlatformError) {
                _ = try crm.create(object("sale"), ["company": "\(company)"])
                Issue.record("the hook refuses")
            } catch {
                #expect(error.context.plugin?.rawValue == "test" && error.context.hook == "before_save")
            }
        }
        #expect(try crm.read { crm throws(PlatformError) in try crm.count(object("company")) } == 1)
    }

    private final class Counter {
        var count = 0
    }
}
