import CRMModel
import CRMOutput
import Foundation
import GRDBSQLite
import TestSupport
import Testing

@testable import CRMRecords
@testable import CRMStorage

@Suite("Many records at once")
struct ManyRecordsTests {
    private let crm: TestCompany
    private let companies: [RecordID]
    private let sales: [RecordID]

    init() throws {
        let crm = try Fixture.company()
        self.crm = crm
        (companies, sales) = try crm.write { session throws(PlatformError) in
            var companies: [RecordID] = []
            var sales: [RecordID] = []
            for number in 1...250 {
                let made = try session.create(
                    object("company"),
                    ["name": "公司\(number)号", "phone": "1390000\(1000 + number)", "email": "a\(number)@example.com"]
                )
                companies.append(made.record.recordID)
                guard number <= 50 else { continue }
                sales.append(try session.create(object("sale"), ["company": "\(made.record.id)"]).record.recordID)
            }
            return (companies, sales)
        }
    }

    @Test("the titles of a page are read in one statement for each object, and are those of the records")
    func titles() throws {
        let gone = RecordID(object: object("company"), number: 9_999)
        try crm.read { session throws(PlatformError) in
            let wanted = Array(companies.prefix(50)) + sales + [gone, companies[0]]
            var titles: [RecordID: String] = [:]
            let count = try? statementsRun(on: session) { titles = try session.titles(of: wanted) }
            #expect(count == 2)
            #expect(titles.count == 100)
            #expect(titles[gone] == nil)
            #expect(titles[companies[7]] == "公司8号")
            for id in wanted where id != gone {
                let title = try session.require(id).title
                #expect(titles[id] == title)
            }
        }
    }

    @Test("more than a hundred take a statement for each hundred, and all are found once")
    func chunks() throws {
        try crm.read { session throws(PlatformError) in
            var records: [RecordID: Record] = [:]
            let count = try? statementsRun(on: session) { records = try session.records(companies) }
            #expect(count == 3)
            #expect(Set(records.keys) == Set(companies))
            #expect(records[companies[249]]?["email"] == .text("a250@example.com"))
            let none = try session.titles(of: [RecordID]())
            #expect(none.isEmpty)
        }
    }

    @Test("the marks of a page are read in one statement for each hundred, and are those that an import knows")
    func marks() throws {
        try crm.write { session throws(PlatformError) in
            _ = try session.update(companies[3], ["name": "另一个"])
            let records = try companies.map { id throws(PlatformError) in try session.require(id) }
            var marks: [String] = []
            let count = try? statementsRun(on: session) {
                let cells = WrittenCells(zone: nil)
                marks = try session.marks(of: records).compactMap { $0?.text(with: cells) }
            }
            // Three for 250 records, and the identity of the file.
            #expect(count == 4)
            #expect(Set(marks).count == 250)
            for (record, mark) in zip(records, marks) {
                guard case .known(let found, let written) = try session.recognised(mark, in: object("company")) else {
                    Issue.record("not known: \(mark)")
                    continue
                }
                #expect(found.id == record.id && written == record.values)
            }
        }
    }

    @Test("an export reads what a page refers to together")
    func export() throws {
        let formatter = ValueFormatter(catalog: crm.catalog, language: .zhCN, timeZone: .gmt)
        let exporter = try Exporter(
            object: crm.catalog.object(object("sale")),
            fields: [field("code"), field("company")],
            style: .exact,
            formatter: formatter
        )
        var bytes: [UInt8] = []
        try crm.read { session throws(PlatformError) in
            let count = try? statementsRun(on: session) {
                try exporter.run(
                    Query(object: object("sale"), sort: [SortKey(field: "id")]),
                    as: .csv(byteOrderMark: false),
                    in: session
                ) { bytes += $0 }
            }
            // The page, the companies, the identity of the file.
            #expect(count == 3)
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 51)
        #expect(lines[50].hasPrefix("S-01,C2026-050 公司50号 @"))
    }
}
