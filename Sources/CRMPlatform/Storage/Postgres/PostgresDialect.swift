package import CRMModel

/// The SQL of PostgreSQL, 14 and newer.
///
/// Texts are compared by their bytes, whatever the database's own order is: every column says so, and every text that is made
/// anew. What takes more than an operator is a function, see ``PostgresFunctions``. Parameters are sent as text and say what
/// they are.
package struct PostgresDialect: SQLDialect {
    package init() {}

    // MARK: - Names, types and limits

    package var expressionBudget: Int? { nil }

    package var columnLimit: Int { 1600 }

    /// Columns that every table has already.
    private static let ownColumns: Set<String> = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"]

    package func name(_ text: String) -> String {
        Self.ownColumns.contains(text) ? ShortName.digested(text, of: text) : ShortName.of(text)
    }

    package func columnType(_ storage: FieldStorage) -> String {
        switch storage {
        case .text: "text COLLATE \"C\""
        case .integer, .scaled: "bigint"
        case .boolean: "boolean"
        case .date: "date"
        case .instant: "timestamptz"
        case .none: ""
        }
    }

    package var identityColumn: String { "\"id\" bigint PRIMARY KEY" }

    package var tableOptions: String { "" }

    /// The numbers of the rows stand behind the columns, as they do of themselves in a file, so that a page is found by both.
    package func index(_ name: String, on table: String, columns: [SQLIndexColumn], isUnique: Bool) -> String {
        var list = columns.map { $0.isNullable ? $0.name + " NULLS FIRST" : $0.name }
        if !isUnique { list.append("\"id\"") }
        return "\(isUnique ? "UNIQUE INDEX" : "INDEX") \"\(name)\" ON \(table)(\(list.joined(separator: ", ")))"
    }

    package func placeholder(_ index: Int) -> String { "$\(index)" }

    /// The text with numbers in place of the marks; nothing but a mark has their sign.
    package func statement(_ sql: SQLFragment) -> String {
        var text = ""
        text.reserveCapacity(sql.text.utf8.count + 2 * sql.bindings.count)
        var number = 0
        for (index, part) in sql.text.split(separator: "?", omittingEmptySubsequences: false).enumerated() {
            if index > 0 {
                number += 1
                text += "$\(number)"
            }
            text += part
        }
        return text
    }

    // MARK: - Values

    package func mark(_ storage: FieldStorage) -> SQLFragment {
        switch storage {
        case .text, .none: "?::text"
        case .integer, .scaled: "?::bigint"
        case .boolean: "?::boolean"
        case .date: "?::date"
        case .instant: "?::timestamptz"
        }
    }

    package func constant(_ truth: Bool) -> SQLFragment { truth ? "true" : "false" }

    // MARK: - Numbers

    package func add(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment { "crm_add(\(left), \(right))" }

    package func subtract(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment {
        "crm_subtract(\(left), \(right))"
    }

    package func multiply(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment {
        "crm_multiply(\(left), \(right))"
    }

    package func divide(_ dividend: SQLFragment, by divisor: SQLFragment, shift: Int) -> SQLFragment {
        "crm_divide(\(dividend), \(divisor), \(Int64(shift)))"
    }

    package func magnitude(_ number: SQLFragment) -> SQLFragment { "crm_magnitude(\(number))" }

    package func round(_ number: SQLFragment, places: Int) -> SQLFragment {
        "crm_round(\(number), \(ExactArithmetic.power(places)))"
    }

    // MARK: - Days and moments

    package func days(from first: SQLFragment, to last: SQLFragment) -> SQLFragment { "(\(last) - \(first))::bigint" }

    package func part(_ part: DayPart, of day: SQLFragment) -> SQLFragment {
        switch part {
        case .year: "extract(year FROM \(day))::bigint"
        case .quarter: "extract(quarter FROM \(day))::bigint"
        case .month: "extract(month FROM \(day))::bigint"
        case .day: "extract(day FROM \(day))::bigint"
        }
    }

    package func bucket(_ bucket: DayBucket, of day: SQLFragment) -> SQLFragment {
        switch bucket {
        case .yearMonth: "(to_char(\(day), 'YYYY-MM') COLLATE \"C\")"
        case .yearQuarter: "(to_char(\(day), 'YYYY\"-Q\"Q') COLLATE \"C\")"
        }
    }

    package func shift(_ day: SQLFragment, by number: SQLFragment) -> SQLFragment { "crm_shift(\(day), \(number))" }

    package func day(of moment: SQLFragment, in zone: ZoneDays) -> SQLFragment {
        "crm_day(\(moment), \(bound(.text(zone.name), as: .text)))"
    }

    package func second(of moment: SQLFragment) -> SQLFragment { "date_trunc('second', \(moment), 'UTC')" }

    package func bound(second: Int64) -> SQLFragment {
        let instant = Instant(milliseconds: second * 1000)
        // The last second of the calendar has none after it.
        let isWithin = instant.milliseconds == second * 1000
        let text = isWithin ? String(instant.description.prefix(19)) : "9999-12-31T23:59:60"
        return mark(.instant).binding(.text(text + "Z"))
    }

    // MARK: - Texts

    package func length(_ text: SQLFragment) -> SQLFragment { "length(\(text))::bigint" }

    package func form(_ form: ComparableForm, of text: SQLFragment) -> SQLFragment {
        "\(SQLFragment(trusted: "crm_form_" + form.rawValue))(\(text))"
    }

    package func matches(_ text: SQLFragment, _ pattern: LikePattern) -> SQLFragment {
        // A pattern that ends in its escape sign is an error here; it matches nothing.
        pattern.isComplete ? "\(text) ILIKE \(bound(.text(pattern.text), as: .text))" : "\(text) <> \(text)"
    }

    package func isBlank(_ text: SQLFragment, _ blanks: String) -> SQLFragment {
        "(coalesce(btrim(\(text), \(bound(.text(blanks), as: .text))), '') = '')"
    }

    // MARK: - Figures

    package func total(_ number: SQLFragment, isComputed: Bool) -> SQLFragment {
        let ends: SQLFragment = "(9223372036854775807, -9223372036854775807 - 1)"
        let isCut: SQLFragment = isComputed ? "max(CASE WHEN (\(number)) IN \(ends) THEN 1 ELSE 0 END)" : "0"
        return "sum((\(number)) >> 32)::bigint, sum((\(number)) & 4294967295)::bigint, \(isCut)"
    }

    package func totalKeys(_ number: SQLFragment) -> [SQLFragment] {
        let low: SQLFragment = "sum((\(number)) & 4294967295)::bigint"
        return ["sum((\(number)) >> 32)::bigint + (\(low) >> 32)", "\(low) & 4294967295"]
    }

    // MARK: - Order

    package func ordered(_ key: SQLFragment, descending: Bool, isNullable: Bool) -> SQLFragment {
        switch (descending, isNullable) {
        case (false, false): key
        case (false, true): "\(key) NULLS FIRST"
        case (true, false): "\(key) DESC"
        case (true, true): "\(key) DESC NULLS LAST"
        }
    }

    package var comparesRows: Bool { true }

    /// Each selection has its own order and limit: without, all of its rows would be read.
    package func page(_ selections: [SQLFragment], order: SQLFragment, limit: SQLFragment) -> SQLFragment {
        let end: SQLFragment = " ORDER BY \(order) LIMIT \(limit)"
        guard selections.count > 1 else { return "\(.list(selections))\(end)" }
        let parts = selections.map { selection -> SQLFragment in "(\(selection)\(end))" }
        return "\(.list(parts, separator: " UNION ALL "))\(end)"
    }

    package func isSame(_ left: String, _ right: String) -> String { "\(left) IS NOT DISTINCT FROM \(right)" }
}
