import CRMModel
import Testing

/// The records of the fixture: every awkward value of each field, combined with those of the others.
enum FixtureRows {
    static let count = 84

    private static let names: [String?] = [
        nil, "", "   ", "\u{3000}\t", "华东展览", "华北医药", "中华贸易", "Acme", "ACME", "acme ", "Ácme", "100%", "a_b",
        "a\\b", "O'Neil", "展", "😀 会展", "Zebra", "caf\u{E9}", "cafe\u{301}", "ａｂｃ", "华\t北", "-- drop", "%", "_",
        "\u{10FFFF}", "null",
    ]
    private static let units: [Int64?] = [
        nil, 0, 1, -1, 900, 3600, 20_000, 20_001, -1235, 1250, 9_999_999_999, 333, 1_000_000, .max, -.max, 5, -5, 50,
    ]
    private static let integers: [Int64?] = [nil, 0, 1, -1, 7, 12, .max, .min, 1000, 3, -40]
    private static let days: [String?] = [
        nil, "0001-01-01", "9999-12-31", "2024-02-29", "2026-11-21", "2026-11-20", "2026-11-22", "2026-12-31",
        "2027-01-01", "1969-12-31", "1970-01-01", "2026-03-31", "0999-10-01",
    ]
    private static let moments: [String?] = [
        nil, "2026-11-20T16:00:00Z", "2026-11-20T15:59:59Z", "2026-11-20T15:59:59.999Z", "2026-11-20T16:00:00.001Z",
        "2026-11-21T08:30:05Z", "2026-11-21T08:30:05.123Z", "2026-11-21T08:30:04.999Z", "2026-11-21T15:59:59.500Z",
        "2026-11-21T16:00:00Z", "2026-12-31T16:00:00Z", "1969-12-31T23:59:59.250Z", "1970-01-01T00:00:00Z",
        "2024-02-28T16:30:00Z",
    ]

    static func regions(_ object: ObjectDefinition) throws -> [Record] {
        let titles: [String?] = ["华东", "华北", nil, "", "North"]
        return try titles.enumerated().map { index, title in
            try record(
                object,
                id: Int64(index + 1),
                [
                    "title": title.map(Value.text) ?? .null, "level": .integer(Int64(index)),
                    "budget": index == 2
                        ? .null
                        : units[index + 3].flatMap { FixedDecimal(units: $0, scale: 2) }
                            .map(Value.decimal) ?? .null,
                ]
            )
        }
    }

    static func customers(_ object: ObjectDefinition) throws -> [Record] {
        try (0..<count).map { row in
            // Steps without a common factor with the lengths bring every value beside many others.
            var values: [String: Value] = [:]
            values["name"] = names[row % names.count].map(Value.text) ?? .null
            values["grade"] = [Value.text("A"), .text("B"), .null, .text("C"), .text("A")][row % 5]
            values["status"] = [Value.text("open"), .text("won"), .text("open"), .null, .text("lost")][row * 3 % 5]
            values["district"] = [Value.text("bj-cy"), .text("cc-cy"), .null, .text("bj-hd")][row % 4]
            values["area"] = scaled(units[row % units.count], 2)
            values["credit"] = scaled(units[row * 5 % units.count], 2)
            values["score"] = scaled(units[(row * 7 + 3) % units.count], 4)
            values["rate"] = scaled([nil, 0, 95, -5, 1000, 125][row % 6], 1)
            values["visits"] = integers[row % integers.count].map(Value.integer) ?? .null
            values["active"] = [Value.boolean(true), .boolean(false), .null][row % 3]
            values["born"] = days[row % days.count].map { .date(calendarDay($0)) } ?? .null
            values["visited"] = moments[row % moments.count].map { .instant(utcMoment($0)) } ?? .null
            values["note"] = names[row * 4 % names.count].map(Value.text) ?? .null
            // Chains of four levels; 999 is nobody.
            values["parent"] = row % 8 == 7 ? .integer(999) : (row % 4 == 0 ? .null : .integer(Int64(row)))
            values["region"] = row % 7 == 6 ? .null : .integer(Int64(row % 7 + 1))
            values["owner"] = .integer(Int64(row % 3))
            return try record(object, id: Int64(row + 1), values)
        }
    }

    private static func scaled(_ units: Int64?, _ scale: Int) -> Value {
        units.flatMap { FixedDecimal(units: $0, scale: scale) }.map(Value.decimal) ?? .null
    }

    private static func record(_ object: ObjectDefinition, id: Int64, _ given: [String: Value]) throws -> Record {
        let updated = utcMoment("2026-11-21T00:00:00Z").adding(seconds: id / 3 * 60)
        let values: [Value] = object.fields.map { field in
            switch field.name.rawValue {
            case "id": .integer(id)
            case "version", "created_by", "updated_by": .integer(1)
            case "created_at", "updated_at": .instant(updated)
            default: given[field.name.rawValue] ?? .null
            }
        }
        return Record(object: object, values: values)
    }
}
