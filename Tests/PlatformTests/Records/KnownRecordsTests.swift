import CRMModel
import TestSupport
import Testing

@testable import CRMRecords
@testable import CRMStorage

/// What a unit of work knows of the records it has read and written, held against the file.
@Suite("Known records")
struct KnownRecordsTests {
    private struct Undone: Error {}

    private let crm: TestCompany

    init() throws { crm = try Fixture.company() }

    /// The values of a record as the table has them, past everything that the session knows.
    private func stored(_ id: RecordID, _ session: RecordSession) throws(PlatformError) -> [Value]? {
        try session.plans.plan(id.object).table.record(id.number, on: session.connection)?.values
    }

    /// Fails when the session says otherwise of any record than the file.
    private func compare(_ session: RecordSession, after step: String) throws(PlatformError) {
        for (name, count) in [("company", 12), ("sale", 12), ("sale_line", 24)] {
            for number in 0...Int64(count) {
                let id = RecordID(object: object(name), number: number)
                let file = try stored(id, session)
                let known = session.knownRecords.record(number, of: try session.plans.plan(id.object).object)
                #expect(known == nil || known?.values == file, "\(id) after \(step)")
                #expect(try session.get(id)?.values == file, "\(id) after \(step)")
            }
        }
    }

    @Test("are those of the file after any saves, deletions and undone steps", arguments: 1...12)
    func random(_ seed: UInt64) throws {
        var random = Numbers(seed)
        try crm.write { session throws(PlatformError) in
            for step in 0..<60 {
                let what = random.next(9)
                let company = RecordID(object: object("company"), number: Int64(random.next(12) + 1))
                let sale = RecordID(object: object("sale"), number: Int64(random.next(12) + 1))
                let area = "\(random.next(90)).5"
                // What is refused is as good a step as any.
                do throws(PlatformError) {
                    switch what {
                    case 0, 1:
                        _ = try session.create(object("company"), ["name": "公司\(step)号", "area": area])
                    case 2:
                        var input: RecordInput = ["company": "\(company.number)"]
                        input.append(field("lines"), .rows([["item": "甲", "price": "1.00"], ["item": "乙"]]))
                        _ = try session.create(object("sale"), input)
                    case 3:
                        _ = try session.update(company, ["area": area, "parent": "\(random.next(12) + 1)"])
                    case 4: _ = try session.update(company, ["email": "a\(random.next(3))@example.com"])
                    case 5: _ = try session.update(company, ["area": "2000"])
                    case 6: _ = try session.delete(company)
                    case 7: _ = try session.delete(sale)
                    default:
                        try session.savepoint { () throws(PlatformError) in
                            _ = try session.update(company, ["area": area, "grade": "A"])
                            _ = try session.create(object("company"), ["name": "撤\(step)"])
                            throw PlatformError(.cancelled, Message(custom: LocalizedText("")))
                        }
                    }
                } catch {
                    #expect(error.code != .internal)
                }
                try compare(session, after: "step \(step), \(what)")
            }
        }
    }

    @Test("are let go when there are many, and each is still right")
    func many() throws {
        try crm.write { session throws(PlatformError) in
            var made: [RecordID] = []
            for number in 1...(KnownRecords.limit + 20) {
                made.append(try session.create(object("company"), ["name": "公司\(number)号"]).record.recordID)
            }
            for id in made { #expect(try session.get(id)?.values == stored(id, session)) }
        }
    }

    @Test("are not read a second time")
    func once() throws {
        let id = try crm.write { session throws(PlatformError) in
            try session.create(object("company"), ["name": "一次"]).record.recordID
        }
        try crm.write { session throws(PlatformError) in
            _ = try session.get(id)
            let count = statementsRun(on: session) { _ = try? session.get(id) }
            #expect(count == 0)
        }
    }
}

/// Numbers that are the same for the same seed.
private struct Numbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// A number below a limit.
    mutating func next(_ limit: UInt64) -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state % limit
    }
}
