import CRMModel
import CRMRecords
import CRMStorage
import TestSupport
import Testing

/// Counters that lag behind the codes which are stored, for whatever reason.
@Suite("Codes that are stored already")
struct NumberingOfStoredCodesTests {
    /// An object with a name, a day, a moment and a place, numbered by the rule given.
    private static func files(_ rule: String, unique: Bool = false) -> [String: String] {
        [
            "objects/place.json": #"""
            {"name":"place","label":"地点","fields":[{"name":"name","type":"text","label":"名称"},
             {"name":"mark","type":"text","label":"代号"}]}
            """#,
            "objects/thing.json": #"""
            {"name":"thing","label":"物件","title_field":"code","fields":[
             {"name":"code","type":"auto_number","label":"物件号","unique":\#(unique)},
             {"name":"day","type":"date","label":"日子"},{"name":"at","type":"date_time","label":"时刻"},
             {"name":"place","type":"reference","label":"地点","object":"place"}],
             "code_rules":[\#(rule)]}
            """#,
        ]
    }

    private static func rule(_ name: String, _ pattern: String, _ more: String = "") -> String {
        #"{"name":"\#(name)","field":"code","pattern":"\#(pattern)"\#(more)}"#
    }

    private static let monthly = rule("r", "T{yyyy}{MM}-{seq:4}", #","reset":"month""#)

    private static let monthlyByDay = rule("r", "T{yyyy}{MM}-{seq:4}", #","reset":"month","date_field":"day""#)

    private func create(_ crm: TestCompany, _ input: RecordInput = [:]) throws -> String {
        try crm.write { crm throws(PlatformError) in
            try crm.create(object("thing"), input).record["code"].displayText
        }
    }

    /// Saves a record with a code of its own, as an import does.
    private func bring(_ crm: TestCompany, _ code: String, _ more: RecordInput = [:]) throws {
        var options = SaveOptions()
        options.allowsExplicitCodes = true
        var input = more
        input.append(field("code"), .text(code))
        try crm.write { crm throws(PlatformError) in _ = try crm.create(object("thing"), input, options) }
    }

    @Test("move the counter of their own period, which need not be that of the day on which they came in")
    func otherPeriod() throws {
        let crm = try TestCompany(Self.files(Self.monthly))
        try bring(crm, "T202612-0002")
        try bring(crm, "T202612-0001")
        try bring(crm, "T202699-0009")
        #expect(try create(crm) == "T202611-0001")
        crm.clock = FixedClock("2026-12-05T02:00:00Z")
        #expect(try create(crm) == "T202612-0003")
        #expect(try crm.read { crm throws(PlatformError) in try crm.checkBooks() }.isEmpty)
    }

    @Test("are not met by a rule of another name, reset, scope or pattern: it begins behind the highest of its form")
    func otherRule() throws {
        let rules = [
            (Self.rule("other", "T-{seq:4}"), "T-0043"),
            (Self.rule("r", "T-{seq:2}"), "T-43"),
            (Self.rule("r", "T-{seq:4}", #","scope":["place"]"#), "T-0043"),
        ]
        for (rule, expected) in rules {
            let crm = try TestCompany(Self.files(Self.rule("r", "T-{seq:4}")))
            #expect(try create(crm) == "T-0001")
            try bring(crm, "T-0042")
            try bring(crm, "T-0042b")
            try crm.install(Self.files(rule))
            #expect(try create(crm) == expected)
        }
    }

    @Test("of every month count for a rule that shows the month and never starts again")
    func neverReset() throws {
        let crm = try TestCompany(Self.files(Self.rule("r", "{yyyy}{MM}-{seq:3}")))
        for code in ["202601-007", "202603-006", "x202603-099"] { try bring(crm, code) }
        try crm.install(Self.files(Self.rule("renamed", "{yyyy}{MM}-{seq:3}")))
        #expect(try create(crm) == "202611-008")
    }

    @Test("of another scope are passed over when the field is unique by itself")
    func uniqueOverScopes() throws {
        let crm = try TestCompany(Self.files(Self.rule("r", "T-{seq:2}", #","scope":["place"]"#), unique: true))
        let places = try crm.write { crm throws(PlatformError) in
            [
                try crm.create(object("place"), ["name": "甲"]).record.id,
                try crm.create(object("place"), ["name": "乙"]).record.id,
            ]
        }
        let codes = try places.map { try create(crm, ["place": "\($0)"]) }
        #expect(codes == ["T-01", "T-02"])
    }

    @Test("are passed over although the counter stands on one of them, without a gap and in one transaction")
    func counterBehind() throws {
        let crm = try TestCompany(Self.files(Self.monthly))
        for _ in 0..<3 { _ = try create(crm) }
        let key = try counter(crm)
        try crm.store.write { connection throws(PlatformError) in
            try CounterTable.set(next: 2, rule: key, scope: "", period: "2026-11", on: connection)
        }
        #expect(try crm.read { crm throws(PlatformError) in try crm.checkBooks() }.count == 1)
        #expect(try create(crm) == "T202611-0004")
        #expect(try create(crm) == "T202611-0005")
        #expect(try crm.read { crm throws(PlatformError) in try crm.checkBooks() }.isEmpty)
    }

    @Test(
        "are begun behind when their counter is lost, or stands on one of them with a gap behind",
        arguments: [true, false]
    )
    func counterLost(isLost: Bool) throws {
        let crm = try TestCompany(Self.files(Self.monthly))
        for _ in 0..<2 { _ = try create(crm) }
        try bring(crm, "T202611-0009")
        let key = try counter(crm)
        try crm.store.write { connection throws(PlatformError) in
            if isLost {
                try connection.execute("DELETE FROM crmCounter")
            } else {
                try CounterTable.set(next: 2, rule: key, scope: "", period: "2026-11", on: connection)
            }
        }
        #expect(try create(crm) == "T202611-0010")
    }

    @Test("leave a counter without a further serial refused in words")
    func exhausted() throws {
        let crm = try TestCompany(Self.files(Self.monthly))
        let key = try counter(crm)
        for next in [Int64.max, Int64.min, 0] {
            try crm.store.write { connection throws(PlatformError) in
                try CounterTable.set(next: next, rule: key, scope: "", period: "2026-11", on: connection)
            }
            #expect(crm.refusal { _ = try create(crm) }?.code == .limitExceeded)
        }
    }

    @Test("remember what was deleted when a rule is given another name")
    func renamedRule() throws {
        let crm = try TestCompany(Self.files(Self.rule("r", "T-{seq:4}")))
        for _ in 0..<3 { _ = try create(crm) }
        try crm.write { crm throws(PlatformError) in
            try crm.delete(RecordID(object: object("thing"), number: 3))
        }
        try crm.install(Self.files(Self.rule("renamed", "T-{seq:4}")))
        #expect(try create(crm) == "T-0004")
    }

    /// The key of the counters of the rule `r`.
    private func counter(_ crm: TestCompany) throws -> String {
        let thing = try #require(crm.catalog.objects[object("thing")])
        return CounterTable.key(thing.stableID, try #require(ElementName(rawValue: "r")))
    }

    // MARK: - The day of the record

    @Test(
        "show the period of the date that the rule names in the company's time zone, or of the save while it is empty"
    )
    func dateField() throws {
        let byDay = try TestCompany(Self.files(Self.monthlyByDay))
        #expect(try create(byDay, ["day": "2025-12-30"]) == "T202512-0001")
        #expect(try create(byDay) == "T202611-0001")
        #expect(try create(byDay, ["day": "2025-12-31"]) == "T202512-0002")
        let byMoment = try TestCompany(
            Self.files(Self.rule("r", "T{yy}-{seq:2}", #","reset":"year","date_field":"at""#))
        )
        // Half past midnight of the new year in China is still the old year in Greenwich.
        #expect(try create(byMoment, ["at": "2026-01-01 00:30"]) == "T26-01")
        #expect(try create(byMoment, ["at": "2025-12-31 23:30"]) == "T25-01")
    }

    @Test("stay as they are when the date is changed later")
    func changedDate() throws {
        let crm = try TestCompany(Self.files(Self.monthlyByDay))
        let code = try crm.write { crm throws(PlatformError) in
            let id = try crm.create(object("thing"), ["day": "2025-12-30"]).record.recordID
            return try crm.update(id, ["day": "2026-01-02"]).record["code"].displayText
        }
        #expect(code == "T202512-0001")
    }

    @Test("are made by rules whose date_field is a date that the pattern shows, and no other")
    func wrongDateField() {
        let wrong = [
            Self.rule("r", "T{yyyy}-{seq:4}", #","date_field":"place""#),
            Self.rule("r", "T{yyyy}-{seq:4}", #","date_field":"dya""#),
            Self.rule("r", "T-{seq:4}", #","date_field":"day""#),
        ]
        for rule in wrong {
            let error = #expect(throws: PlatformError.self) { _ = try TestCompany(Self.files(rule)) }
            #expect(error?.code == .invalidPlugin)
            #expect(error?.text(in: .en).contains("date_field") == true)
        }
    }

    @Test("need a field of the record referred to: the refusal names both, not the reference that is there")
    func emptyFieldBehindReference() throws {
        let crm = try TestCompany(Self.files(Self.rule("r", "{place.mark}-{seq:2}", #","scope":["place"]"#)))
        let place = try crm.write { crm throws(PlatformError) in
            try crm.create(object("place"), ["name": "甲"]).record.id
        }
        let error = crm.refusal { _ = try create(crm, ["place": "\(place)"]) }
        #expect(error?.text(in: .zhCN).contains("需要「地点」的「代号」，但 place/1 的「代号」是空的") == true)
        #expect(crm.refusal { _ = try create(crm) }?.text(in: .zhCN).contains("需要「地点」，但它是空的") == true)
        // A code that comes from outside needs none of it.
        try bring(crm, "OLD-1", ["place": "\(place)"])
    }
}
