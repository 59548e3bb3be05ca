import CRMModel
import CRMPlatform
import Foundation
import TestSupport
import Testing

@testable import CRMRecords
@testable import CRMStorage

/// How much a save asks of the engine: each statement would be a way over the network where the engine is another machine.
@Suite("Statements of a save")
struct StatementCountTests {
    /// The statements of a whole unit of work, its beginning, its end and its savepoints too.
    private func statements(
        _ platform: Platform,
        _ body: @escaping @Sendable (RecordSession) throws -> Void
    ) throws -> Int {
        nonisolated(unsafe) var counter: StatementCount?
        try platform.write(as: .administrator, origin: .library) { session in
            counter = StatementCount(on: session)
        }
        counter?.clear()
        try platform.write(as: .administrator, origin: .library, body)
        let count = counter?.count ?? 0
        counter?.end()
        return count
    }

    @Test("an order with five lines takes at most 50")
    func order() throws {
        let platform = try Platform.inMemory()
        try platform.installPlugin(.folder(Repository.path("plugins/sales")))
        try platform.runScript(
            """
            crm.create("customer", { name = "东湖", mobile = "13900000001", contact_name = "李明", contact_title = "经理" })
            for i = 1, 5 do
              crm.create("product", { code = "P" .. i, name = "品" .. i, unit = "件", list_price = "100.00" })
            end
            """,
            name: "setup",
            as: .administrator
        ) { _ in }
        @Sendable func order(_ session: RecordSession) throws(PlatformError) -> Int64 {
            var input = RecordInput()
            input.append(field("customer"), .value(.integer(1)))
            input.append(
                field("lines"),
                .rows(
                    (1...5).map { number in
                        var row: RecordInput = ["quantity": "2"]
                        row.append(field("product"), .value(.integer(Int64(number))))
                        return row
                    }
                )
            )
            return try session.create(object("sales_order"), input).record.id
        }
        // The first save of a counter looks for codes that are there.
        try platform.write(as: .administrator, origin: .library) { session in
            _ = try order(session)
        }
        let count = try statements(platform) { session in _ = try order(session) }
        #expect(count > 20)
        #expect(count <= 50)
        let (lines, total) = try platform.read(as: .administrator) { session in
            let made = try session.get(RecordID(object: "sales_order", number: 2))
            return (try session.count("sales_order_line"), made?["total"].displayText)
        }
        #expect(lines == 10)
        #expect(total == "1130.00")
    }
}
