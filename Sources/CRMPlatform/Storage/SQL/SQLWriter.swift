package import CRMModel

/// Writes values, expressions and the parts of statements as SQL, the way an engine wants them.
///
/// What is the same everywhere stands in the extension; where engines differ, each has its own. All of them give what the
/// evaluator gives: numbers are units of a scale and end at those of 64 bits, days lie within the years 1 to 9999, moments
/// are compared by their seconds.
package protocol SQLWriter: Sendable {
    // MARK: Names and values

    /// The table of an object.
    func table(_ object: ObjectName) -> SQLFragment

    /// The column of a field.
    func column(_ field: FieldName) -> SQLFragment

    /// A placeholder for a value that is kept so; it has no value yet.
    func mark(_ storage: FieldStorage) -> SQLFragment

    /// What is always true or never.
    func constant(_ truth: Bool) -> SQLFragment

    // MARK: Numbers

    func add(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment
    func subtract(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment
    func multiply(_ left: SQLFragment, _ right: SQLFragment) -> SQLFragment

    /// The quotient of the first, times 10^`shift`, and the second, a half away from zero; null for a division by zero.
    func divide(_ dividend: SQLFragment, by divisor: SQLFragment, shift: Int) -> SQLFragment

    /// The number without its sign.
    func magnitude(_ number: SQLFragment) -> SQLFragment

    /// The number divided by 10^`places`, a half away from zero.
    func round(_ number: SQLFragment, places: Int) -> SQLFragment

    // MARK: Days and moments

    /// The days from one to another.
    func days(from first: SQLFragment, to last: SQLFragment) -> SQLFragment

    /// A part of a day as a number.
    func part(_ part: DayPart, of day: SQLFragment) -> SQLFragment

    /// The span of days in which a day lies, as text.
    func bucket(_ bucket: DayBucket, of day: SQLFragment) -> SQLFragment

    /// So many days later; null outside the calendar.
    func shift(_ day: SQLFragment, by number: SQLFragment) -> SQLFragment

    /// The day of a moment in a zone.
    func day(of moment: SQLFragment, in zone: ZoneDays) -> SQLFragment

    /// A moment without what is below a second, to be compared with another such.
    func second(of moment: SQLFragment) -> SQLFragment

    /// The beginning of a second since 1970, to compare a moment with.
    func bound(second: Int64) -> SQLFragment

    // MARK: Texts

    /// How many Unicode scalars a text has.
    func length(_ text: SQLFragment) -> SQLFragment

    /// The comparable form of a text.
    func form(_ form: ComparableForm, of text: SQLFragment) -> SQLFragment

    /// Whether a text matches a pattern, the letters A–Z without regard to case.
    func matches(_ text: SQLFragment, _ pattern: LikePattern) -> SQLFragment

    /// Whether a text is null or has nothing but signs of `blanks`.
    func isBlank(_ text: SQLFragment, _ blanks: String) -> SQLFragment

    // MARK: Figures

    /// The sum of a number in three columns: two halves that no number of rows brings beyond 64 bits, and 1 when a number in it
    /// was cut at their ends.
    func total(_ number: SQLFragment, isComputed: Bool) -> SQLFragment

    /// The keys of an order by the sum of a number.
    func totalKeys(_ number: SQLFragment) -> [SQLFragment]

    // MARK: Order

    /// A key of an order in which null is less than everything.
    func ordered(_ key: SQLFragment, descending: Bool, isNullable: Bool) -> SQLFragment

    /// Whether keys can be compared all at once, `(a, b) < (x, y)`.
    var comparesRows: Bool { get }

    /// The rows of all selections together, in an order and up to a number of them.
    func page(_ selections: [SQLFragment], order: SQLFragment, limit: SQLFragment) -> SQLFragment
}

extension SQLWriter {
    // MARK: Names and values

    /// A table or sub-query of the statement by its number.
    package func alias(_ number: Int) -> SQLFragment { "t\(Int64(number))" }

    /// The column of a field of the table with that number.
    package func column(_ field: FieldName, of alias: Int) -> SQLFragment { "\(self.alias(alias)).\(column(field))" }

    /// A value that is bound; days and moments become ISO text, booleans 0 or 1, decimals their units.
    package func bound(_ value: Value, as storage: FieldStorage) -> SQLFragment {
        let stored: Value =
            switch value {
            case .null, .integer, .text: value
            case .boolean(let value): .integer(value ? 1 : 0)
            case .decimal(let value): .integer(value.units)
            case .date(let value): .text(value.description)
            case .instant(let value): .text(value.description)
            }
        return mark(storage).binding(stored)
    }

    /// The number of the acting user.
    package func bound(user number: Int64) -> SQLFragment { mark(.integer).binding(.integer(number), isUser: true) }

    /// The values of a list.
    package func bound(_ values: some Sequence<Value>, as storage: FieldStorage) -> SQLFragment {
        .list(values.map { bound($0, as: storage) })
    }

    // MARK: Conditions

    package func all(_ parts: [SQLFragment]) -> SQLFragment { .nested(3, "(\(.list(parts, separator: " AND ")))") }

    package func any(_ parts: [SQLFragment]) -> SQLFragment { .nested(3, "(\(.list(parts, separator: " OR ")))") }

    package func not(_ part: SQLFragment) -> SQLFragment { .nested(2, "(NOT \(part))") }

    package func isNull(_ value: SQLFragment) -> SQLFragment { .nested(1, "(\(value) IS NULL)") }

    package func compare(_ left: SQLFragment, _ comparison: Comparison, _ right: SQLFragment) -> SQLFragment {
        .nested(3, "(\(left)\(comparison.sql)\(right))")
    }

    /// Whether a value is among others.
    package func among(_ value: SQLFragment, _ values: SQLFragment) -> SQLFragment {
        .nested(1, "(\(value) IN (\(values)))")
    }

    /// Whether a value lies within a range, whose end is no part of it.
    package func within(_ value: SQLFragment, _ low: SQLFragment, _ high: SQLFragment) -> SQLFragment {
        .nested(3, "(\(value) >= \(low) AND \(value) < \(high))")
    }

    /// Whether a moment compares so with those from `low` to before `high`.
    package func compare(
        _ moment: SQLFragment,
        _ comparison: Comparison,
        _ low: SQLFragment,
        _ high: SQLFragment
    ) -> SQLFragment {
        switch comparison {
        case .less: compare(moment, .less, low)
        case .lessOrEqual: compare(moment, .less, high)
        case .greater: compare(moment, .greaterOrEqual, high)
        case .greaterOrEqual: compare(moment, .greaterOrEqual, low)
        case .equal: within(moment, low, high)
        case .notEqual: .nested(3, "(\(moment) < \(low) OR \(moment) >= \(high))")
        }
    }

    // MARK: Values

    /// The first that is not null; one alone stands for itself.
    package func first(_ values: [SQLFragment]) -> SQLFragment {
        values.count == 1 ? values[0] : .nested(5, "coalesce(\(.list(values)))")
    }

    package func lower(_ text: SQLFragment) -> SQLFragment { .nested(3, "lower(\(text))") }

    package func upper(_ text: SQLFragment) -> SQLFragment { .nested(3, "upper(\(text))") }

    // MARK: Figures

    /// The number of rows.
    package var count: SQLFragment { "count(*)" }

    /// In how many rows there is a value.
    package func count(_ value: SQLFragment) -> SQLFragment { "count(\(value))" }

    /// How many different values there are.
    package func countDistinct(_ value: SQLFragment) -> SQLFragment { "count(DISTINCT \(value))" }

    package func least(_ value: SQLFragment) -> SQLFragment { "min(\(value))" }

    package func greatest(_ value: SQLFragment) -> SQLFragment { "max(\(value))" }

    /// The average, to order by.
    package func average(_ number: SQLFragment) -> SQLFragment { "avg(\(number))" }
}

extension Comparison {
    fileprivate var sql: SQLFragment {
        switch self {
        case .equal: " = "
        case .notEqual: " <> "
        case .less: " < "
        case .lessOrEqual: " <= "
        case .greater: " > "
        case .greaterOrEqual: " >= "
        }
    }
}
