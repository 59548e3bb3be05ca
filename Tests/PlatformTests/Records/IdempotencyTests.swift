import CRMModel
import CRMRecords
import CRMStorage
import TestSupport
import Testing

@Suite("A save under a key")
struct IdempotencyTests {
    private let crm: TestCompany

    init() throws { crm = try Fixture.company() }

    private var options: SaveOptions {
        var options = SaveOptions()
        options.idempotencyKey = "K"
        return options
    }

    private func create(_ input: RecordInput, _ options: SaveOptions? = nil) throws -> SaveResult {
        let options = options ?? self.options
        return try crm.write { crm throws(PlatformError) in try crm.create(object("company"), input, options) }
    }

    private func update(_ id: RecordID, _ input: RecordInput) throws -> SaveResult {
        try crm.write { crm throws(PlatformError) in try crm.update(id, input, options) }
    }

    @Test("is the same save in whatever order the fields come, and gives the record as it is now")
    func same() throws {
        let first = try create(["name": "甲", "area": "1"])
        try crm.write { crm throws(PlatformError) in try crm.update(first.record.recordID, ["area": "2"]) }
        let again = try create(["area": "1", "name": "甲"])
        #expect(again.isReplay && !again.isChanged)
        #expect(again.record["area"].displayText == "2.00")
    }

    @Test("is refused when anything about it differs, and says what the key was used for")
    func different() throws {
        let first = try create(["name": "甲"])
        let other = try create(["name": "丙"], SaveOptions()).record.recordID
        var explicit = options
        explicit.allowsExplicitCodes = true
        let attempts: [() throws -> SaveResult] = [
            { try create(["name": "乙"]) }, { try create(["name": "甲", "area": "1"]) },
            { try update(first.record.recordID, ["name": "甲"]) }, { try update(other, ["name": "甲"]) },
            { try create(["name": "甲"], explicit) },
            {
                try crm.write { crm throws(PlatformError) in
                    try crm.create(object("sale"), ["company": "1"], options)
                }
            },
        ]
        for (index, attempt) in attempts.enumerated() {
            let error = crm.refusal { try attempt() }
            #expect(error?.code == .conflict, "\(index)")
            #expect(error?.message.text(in: .en).contains("company/1") == true, "\(index)")
        }
        #expect(try crm.read { crm throws(PlatformError) in try crm.get(other)?["name"].displayText } == "丙")
    }

    @Test("of a child row counts its values too")
    func rows() throws {
        func save(_ item: String) throws -> SaveResult {
            var input: RecordInput = ["company": "1"]
            input[field("lines")] = .rows([["item": item]])
            return try crm.write { crm throws(PlatformError) in try crm.create(object("sale"), input, options) }
        }
        _ = try create(["name": "甲"], SaveOptions())
        _ = try save("锤子")
        #expect(try save("锤子").isReplay)
        #expect(crm.refusal { try save("铲子") }?.code == .conflict)
    }

    @Test("says that the record was deleted since")
    func deleted() throws {
        let id = try create(["name": "甲"]).record.recordID
        try crm.write { crm throws(PlatformError) in try crm.delete(id) }
        let error = crm.refusal { try create(["name": "甲"]) }
        #expect(error?.code == .notFound)
        #expect(error?.message.text(in: .en).contains("deleted since") == true)
    }

    @Test("is refused when the key is empty, too long or has control signs")
    func form() throws {
        for key in ["", String(repeating: "k", count: 201), "a\nb"] {
            var options = SaveOptions()
            options.idempotencyKey = key
            #expect(crm.refusal { try create(["name": "甲"], options) }?.code == .invalidInput)
        }
    }

    @Test("does not meet the keys that begin with it")
    func prefixes() throws {
        var longer = SaveOptions()
        longer.idempotencyKey = "K2"
        _ = try create(["name": "甲"], longer)
        #expect(try !create(["name": "乙"]).isReplay)
        #expect(try create(["name": "乙"]).isReplay)
    }

    @Test("can be done again after 30 days, and old keys are forgotten once a day")
    func pruned() throws {
        _ = try create(["name": "甲"])
        crm.clock = FixedClock("2026-12-20T02:00:00Z")
        #expect(try create(["name": "甲"]).isReplay)
        crm.clock = FixedClock("2026-12-22T02:00:00Z")
        #expect(crm.refusal { try create(["name": "乙"]) } == nil)
        var other = SaveOptions()
        other.idempotencyKey = "other"
        _ = try create(["name": "丁"], other)
        crm.clock = FixedClock("2027-02-01T02:00:00Z")
        other.idempotencyKey = "new"
        _ = try create(["name": "戊"], other)
        let kept = try crm.store.read { connection throws(PlatformError) in
            (try IdempotencyTable.find("K", on: connection), try IdempotencyTable.find("other", on: connection))
        }
        #expect(kept.0 == nil && kept.1 == nil)
    }
}
