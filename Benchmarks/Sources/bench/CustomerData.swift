import CBench
import CRMPlatform
import Foundation
import Synchronization

/// Names that the benchmarks use; their texts are those of the plugin in `plugins/yardstick`.
struct Names {
    let customer: ObjectName
    let company: ObjectName
    let fields: [FieldName]
    let status: FieldName
    let rating: FieldName
    let name: FieldName
    let city: FieldName

    /// The columns of the CSV file, in its order.
    static let columns = [
        "name", "email", "phone", "website", "industry", "status", "owner_id", "country", "city", "street", "postcode",
        "employees", "revenue", "credit_limit", "rating", "is_active", "notes",
    ]

    init() throws {
        func field(_ text: String) throws -> FieldName {
            guard let name = FieldName(rawValue: text) else { throw BenchError("no field name: \(text)") }
            return name
        }
        guard let customer = ObjectName(rawValue: "customer"), let company = ObjectName(rawValue: "company") else {
            throw BenchError("no object name")
        }
        self.customer = customer
        self.company = company
        fields = try Self.columns.map(field)
        status = try field("status")
        rating = try field("rating")
        name = try field("name")
        city = try field("city")
    }
}

/// What stands in the way of a run.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension BenchRow {
    /// The row of a number.
    init(number: Int) {
        self.init()
        bench_row(&self, UInt64(number))
    }

    private static func text(_ field: some Any) -> String {
        withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The values in the order of ``Names/columns``.
    var values: [Value] {
        [
            .text(Self.text(name)), .text(Self.text(email)), .text(Self.text(phone)), .text(Self.text(website)),
            .text(String(cString: industry)), .text(String(cString: status)), .integer(Int64(owner)),
            .text(String(cString: country)), .text(String(cString: city)), .text(Self.text(street)),
            .text(Self.text(postcode)), .integer(Int64(employees)), Self.amount(revenue_cents),
            Self.amount(credit_cents), .integer(Int64(rating)), .boolean(active != 0), .text(Self.text(notes)),
        ]
    }

    private static func amount(_ cents: Int64) -> Value {
        FixedDecimal(units: cents, scale: 2).map { .decimal($0) } ?? .null
    }

    /// The row as the input of a save.
    func input(_ names: Names) -> RecordInput {
        var input = RecordInput()
        for (field, value) in zip(names.fields, values) { input.append(field, .value(value)) }
        return input
    }

    /// The row as a line of CSV, with quotation marks where the yardstick has them.
    var csv: String {
        values.enumerated().map { index, value in
            let text = value.displayText
            if index == 16 { return "\"\(text) said \"\"yes\"\"\"" }
            if case .boolean(let flag) = value { return flag ? "1" : "0" }
            return index == 0 || index == 8 || index == 9 ? "\"\(text)\"" : text
        }.joined(separator: ",")
    }
}

/// The clock of the machine, or a fixed moment while the table is being filled.
final class BenchClock: CRMPlatform.Clock {
    private let fixed = Atomic<Int64>(0)
    private let system = SystemClock()

    var now: Instant {
        let milliseconds = fixed.load(ordering: .relaxed)
        return milliseconds == 0 ? system.now : Instant(milliseconds: milliseconds)
    }

    /// Stops the clock at a moment; 0 lets it go on.
    func stop(at milliseconds: Int64) { fixed.store(milliseconds, ordering: .relaxed) }
}
