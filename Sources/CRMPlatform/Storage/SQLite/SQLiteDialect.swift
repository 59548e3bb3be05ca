package import CRMModel

/// The SQL of SQLite, 3.40 and newer.
package struct SQLiteDialect: SQLDialect {
    package init() {}

    // MARK: - Names, types and limits

    /// Its stack has 100 places, the statement around takes the others.
    package var expressionBudget: Int? { 80 }

    package var columnLimit: Int { 1900 }

    package func name(_ text: String) -> String { text }

    package func columnType(_ storage: FieldStorage) -> String {
        switch storage {
        case .text, .date, .instant: "TEXT"
        case .integer, .scaled, .boolean: "INTEGER"
        case .none: ""
        }
    }

    package var identityColumn: String { "\"id\" INTEGER PRIMARY KEY AUTOINCREMENT" }

    package var tableOptions: String { " STRICT" }

    package func index(_ name: String, on table: String, columns: [SQLIndexColumn], isUnique: Bool) -> String {
        let list = columns.map(\.name).joined(separator: ", ")
        return "\(isUnique ? "UNIQUE INDEX" : "INDEX") \"\(name)\" ON \(table)(\(list))"
    }

    package func isSame(_ left: String, _ right: String) -> String { "\(left) IS \(right)" }

    package func placeholder(_ index: Int) -> String { "?\(index)" }

    package func statement(_ sql: SQLFragment) -> String { sql.text }

    // MARK: - Values

    /// The function that gives the comparable form of a text.
    static func function(of form: ComparableForm) -> String { "crm_form_" + form.rawValue }

    /// The function that gives the day of a moment in a zone.
    static let dayFunction = "crm_day"

    package func mark(_ storage: FieldStorage) -> SQLFragment { "?" }

    package func constant(_ truth: Bool) -> SQLFragment { truth ? "1" : "0" }

    // MARK: - Numbers

    // A result beyond 64 bits is floating point; the cast brings it to the nearest end, as `ExactArithmetic`.

    package func add(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment {
        .nested(4, "CAST(\(left) + \(right) AS INTEGER)")
    }

    package func subtract(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment {
        .nested(4, "CAST(\(left) - \(right) AS INTEGER)")
    }

    package func multiply(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment {
        .nested(4, "CAST(\(left) * \(right) AS INTEGER)")
    }

    /// Long division, as `ExactArithmetic.divide` does it, over the operands `a` and `b`.
    package func divide(_ dividend: SQLFragment, by divisor: SQLFragment, shift: Int) -> SQLFragment {
        let steps = ExactArithmetic.steps(shift)
        var quotient: SQLFragment = "a / b"
        var rest: SQLFragment = "a % b"
        for places in steps {
            let factor = ExactArithmetic.power(places)
            let product: SQLFragment = "CAST(\(rest) * \(factor) AS INTEGER)"
            quotient = "CAST(CAST(\(quotient) * \(factor) AS INTEGER) + \(product) / b AS INTEGER)"
            rest = "\(product) % b"
        }
        let up: SQLFragment = "CASE WHEN (\(rest) < 0) = (b < 0) THEN 1 ELSE -1 END"
        let rounded: SQLFragment =
            "CASE WHEN abs(\(rest)) >= abs(b) - abs(\(rest)) THEN CAST(\(quotient) + \(up) AS INTEGER) ELSE \(quotient) END"
        let operands: SQLFragment =
            "SELECT max(\(dividend), -9223372036854775807) AS a, max(\(divisor), -9223372036854775807) AS b"
        // The formula goes deeper with each step, besides what surrounds the operands.
        return .nested(17, "(SELECT \(rounded) FROM (\(operands)))").taking(17 + 4 * steps.count)
    }

    package func magnitude(_ number: SQLFragment) -> SQLFragment {
        .nested(6, "abs(max(\(number), -9223372036854775807))")
    }

    package func round(_ number: SQLFragment, places: Int) -> SQLFragment {
        let divisor = ExactArithmetic.power(places)
        return .nested(
            12,
            "(SELECT v / \(divisor) + (v % \(divisor)) / \(divisor / 2) FROM (SELECT \(number) AS v))"
        )
    }

    // MARK: - Days and moments

    package func days(from first: SQLFragment, to last: SQLFragment) -> SQLFragment {
        .nested(7, "CAST(julianday(\(last)) - julianday(\(first)) AS INTEGER)")
    }

    package func part(_ part: DayPart, of day: SQLFragment) -> SQLFragment {
        switch part {
        case .year: .nested(7, "CAST(substr(\(day), 1, 4) AS INTEGER)")
        case .quarter: .nested(7, "((CAST(substr(\(day), 6, 2) AS INTEGER) + 2) / 3)")
        case .month: .nested(7, "CAST(substr(\(day), 6, 2) AS INTEGER)")
        case .day: .nested(7, "CAST(substr(\(day), 9, 2) AS INTEGER)")
        }
    }

    package func bucket(_ bucket: DayBucket, of day: SQLFragment) -> SQLFragment {
        switch bucket {
        case .yearMonth: return .nested(3, "substr(\(day), 1, 7)")
        case .yearQuarter:
            let quarter: SQLFragment = "((CAST(substr(v, 6, 2) AS INTEGER) + 2) / 3)"
            return .nested(12, "(SELECT substr(v, 1, 4) || '-Q' || \(quarter) FROM (SELECT \(day) AS v))")
        }
    }

    package func shift(_ day: SQLFragment, by number: SQLFragment) -> SQLFragment {
        // The engine knows days before the year 1, the calendar of the platform does not.
        .nested(
            18,
            "(SELECT CASE WHEN v >= '0001-01-01' THEN v END FROM (SELECT date(\(day), \(number) || ' days') AS v))"
        )
    }

    package func day(of moment: SQLFragment, in zone: ZoneDays) -> SQLFragment {
        let name = bound(.text(zone.name), as: .text)
        return .nested(3, "\(SQLFragment(trusted: Self.dayFunction))(\(moment), \(name))")
    }

    package func second(of moment: SQLFragment) -> SQLFragment { .nested(3, "substr(\(moment), 1, 19)") }

    /// The text without the `Z`, so that parts of a second make no difference.
    package func bound(second: Int64) -> SQLFragment {
        let instant = Instant(milliseconds: second * 1000)
        // The last second of the calendar has none after it.
        let isWithin = instant.milliseconds == second * 1000
        return mark(.instant)
            .binding(.text(isWithin ? String(instant.description.prefix(19)) : "9999-12-31T23:59:60"))
    }

    // MARK: - Texts

    package func length(_ text: SQLFragment) -> SQLFragment { .nested(3, "length(\(text))") }

    package func form(_ form: ComparableForm, of text: SQLFragment) -> SQLFragment {
        .nested(3, "\(SQLFragment(trusted: Self.function(of: form)))(\(text))")
    }

    package func matches(_ text: SQLFragment, _ pattern: LikePattern) -> SQLFragment {
        .nested(1, "\(text) LIKE \(bound(.text(pattern.text), as: .text)) ESCAPE '\\'")
    }

    package func isBlank(_ text: SQLFragment, _ blanks: String) -> SQLFragment {
        .nested(7, "(ifnull(trim(\(text), \(bound(.text(blanks), as: .text))), '') = '')")
    }

    // MARK: - Figures

    package func total(_ number: SQLFragment, isComputed: Bool) -> SQLFragment {
        let ends: SQLFragment = "(9223372036854775807, -9223372036854775807 - 1)"
        let isCut: SQLFragment = isComputed ? "max((\(number)) IN \(ends))" : "0"
        return "sum((\(number)) >> 32), sum((\(number)) & 4294967295), \(isCut)"
    }

    package func totalKeys(_ number: SQLFragment) -> [SQLFragment] {
        // The halves by size: what the lower ones carry over belongs to the upper.
        [
            "sum((\(number)) >> 32) + (sum((\(number)) & 4294967295) >> 32)",
            "sum((\(number)) & 4294967295) & 4294967295",
        ]
    }

    // MARK: - Order

    package func ordered(_ key: SQLFragment, descending: Bool, isNullable: Bool) -> SQLFragment {
        descending ? "\(key) DESC" : key
    }

    package var comparesRows: Bool { false }

    /// The engine merges the selections by itself, each from its index.
    package func page(_ selections: [SQLFragment], order: SQLFragment, limit: SQLFragment) -> SQLFragment {
        "\(.list(selections, separator: " UNION ALL ")) ORDER BY \(order) LIMIT \(limit)"
    }
}
