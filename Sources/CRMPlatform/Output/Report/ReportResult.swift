public import CRMModel

public import struct Foundation.TimeZone

/// What a report found: a table with a title, and how to draw it.
public struct ReportResult: Sendable {
    /// What a column holds; it decides alignment and wording.
    public enum ColumnType: String, Sendable, Hashable, CaseIterable {
        /// Text, aligned to the left.
        case text
        /// Whole numbers in groups of three.
        case integer
        /// Decimals in groups of three, all with the same number of places.
        case decimal
        /// Amounts of money, at least two places.
        case currency
        /// Percentages as people write them: 12.5 is shown as `12.5%`.
        case percent
        /// Days and moments.
        case date

        /// Whether the values are numbers, which stand on the right and can be added up and drawn.
        public var isNumeric: Bool {
            switch self {
            case .integer, .decimal, .currency, .percent: true
            case .text, .date: false
            }
        }
    }

    /// A column.
    public struct Column: Sendable, Hashable {
        /// The name, unique within the report; charts refer to it.
        public let name: String
        /// The heading.
        public let label: LocalizedText
        /// What the column holds.
        public let type: ColumnType
        /// Whether the sum stands below the column.
        public let hasTotal: Bool

        /// Makes a column.
        public init(name: String, label: LocalizedText, type: ColumnType, hasTotal: Bool = false) {
            self.name = name
            self.label = label
            self.type = type
            self.hasTotal = hasTotal
        }
    }

    /// How the rows are drawn.
    public struct Chart: Sendable, Hashable {
        /// The form of a chart.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// Bars, one a row and value column.
            case bar
            /// A line through the rows for each value column; over days it is true to time.
            case line
            /// Steps that become narrower, one a row, each with its share of the first; one value column.
            case funnel
        }

        /// The form.
        public let kind: Kind
        /// The name of the column that labels the rows.
        public let labelColumn: String
        /// The names of the numeric columns that are drawn.
        public let valueColumns: [String]

        /// Makes a chart.
        public init(kind: Kind, labelColumn: String, valueColumns: [String]) {
            self.kind = kind
            self.labelColumn = labelColumn
            self.valueColumns = valueColumns
        }
    }

    /// The title.
    public let title: LocalizedText
    /// A text above the table, of one line or more; nil for none.
    public let text: LocalizedText?
    /// The columns.
    public let columns: [Column]
    /// The rows, each with one value per column.
    public let rows: [[Value]]
    /// The chart, nil for none.
    public let chart: Chart?
    /// Remarks below the table.
    public let notes: [LocalizedText]
    /// The sums of the columns that have them, nil elsewhere and where a sum is too great for 64 bits.
    public let totals: [Value?]

    /// The time zone in which moments are shown.
    public package(set) var timeZone: TimeZone = .gmt

    /// How many rows a report may have.
    public static let maximumRows = 100_000

    /// How many columns a report may have.
    public static let maximumColumns = 200

    /// Makes a result from rows that a report's code gives.
    ///
    /// - Throws: `PlatformError` `invalidInput` when columns are missing, doubled or too many, when a row has another
    ///   number of values, when a value is not of its column's type, or when the chart names a wrong column; every
    ///   problem is an issue of its own (at most twenty).
    public init(
        title: LocalizedText,
        text: LocalizedText? = nil,
        columns: [Column],
        rows: [[Value]],
        chart: Chart? = nil,
        notes: [LocalizedText] = []
    ) throws(PlatformError) {
        let issues = Self.problems(columns: columns, rows: rows, chart: chart)
        guard issues.isEmpty else {
            throw PlatformError(
                .invalidInput,
                Message(.reportMalformed, ["report": .label(title)]),
                issues: Array(issues.prefix(20))
            )
        }
        self.title = title
        self.text = text
        self.columns = columns
        self.rows = rows
        self.chart = chart
        self.notes = notes
        totals = columns.indices.map { columns[$0].hasTotal ? Self.total(of: $0, in: rows) : nil }
    }

    /// The position of the column with that name, nil when there is none.
    public func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// Whether any column has a sum.
    public var hasTotals: Bool { columns.contains(where: \.hasTotal) }

    /// The remarks below the table: those of the report, and which sums are too great to be shown.
    public var remarks: [LocalizedText] {
        let lost = columns.indices.filter { columns[$0].hasTotal && totals[$0] == nil }
        guard !lost.isEmpty else { return notes }
        let message = Message(
            .reportTotalTooGreat,
            ["columns": .label(LocalizedText.list(lost.map { columns[$0].label }))]
        )
        let texts = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, message.text(in: $0)) })
        return notes + [LocalizedText(texts)]
    }

    /// The sum of a column, nil when it does not go into 64 bits; on the way it may be greater.
    private static func total(of column: Int, in rows: [[Value]]) -> Value? {
        let numbers = rows.compactMap { $0[column].decimalValue }
        let scale = numbers.lazy.map(\.scale).max() ?? 0
        var sum: Int128 = 0
        for number in numbers { sum += Int128(number.units) * Int128(ExactArithmetic.power(scale - number.scale)) }
        guard let units = Int64(exactly: sum) else { return nil }
        return scale == 0 ? .integer(units) : FixedDecimal(units: units, scale: scale).map { .decimal($0) }
    }

    private static func problems(columns: [Column], rows: [[Value]], chart: Chart?) -> [FieldIssue] {
        var messages: [Message] = []
        if columns.isEmpty { messages.append(Message(.reportWithoutColumns)) }
        if columns.count > maximumColumns {
            messages.append(Message(.reportTooWide, ["limit": "\(maximumColumns)"]))
        }
        if rows.count > maximumRows { messages.append(Message(.reportTooLong, ["limit": "\(maximumRows)"])) }
        var names: Set<String> = []
        for column in columns {
            if column.name.isEmpty || !names.insert(column.name).inserted {
                messages.append(Message(.reportColumnTwice, ["column": .text(column.name)]))
            }
            if column.hasTotal, !column.type.isNumeric {
                messages.append(Message(.reportTotalOfText, ["column": .text(column.name)]))
            }
        }
        messages += problems(chart: chart, columns: columns)
        for (index, row) in rows.enumerated() where messages.count < 20 {
            guard row.count == columns.count else {
                messages.append(
                    Message(
                        .reportRowCount,
                        ["row": "\(index + 1)", "count": "\(row.count)", "expected": "\(columns.count)"]
                    )
                )
                continue
            }
            for (column, value) in zip(columns, row) where !accepts(value, column.type) {
                messages.append(
                    Message(
                        .reportValueType,
                        [
                            "row": "\(index + 1)", "column": .text(column.name), "type": .text(column.type.rawValue),
                            "value": .text(TextLimits.prefix(value.displayText, characters: 40)),
                        ]
                    )
                )
            }
        }
        return messages.map { FieldIssue(field: nil, code: "report", message: $0) }
    }

    private static func problems(chart: Chart?, columns: [Column]) -> [Message] {
        guard let chart else { return [] }
        var messages: [Message] = []
        if chart.valueColumns.isEmpty || chart.valueColumns.count > 8 { messages.append(Message(.reportChartEmpty)) }
        if chart.kind == .funnel, chart.valueColumns.count > 1 { messages.append(Message(.reportChartFunnel)) }
        for name in [chart.labelColumn] + chart.valueColumns {
            let known = columns.map(\.name).joined(separator: ", ")
            guard let column = columns.first(where: { $0.name == name }) else {
                messages.append(Message(.reportChartColumn, ["column": .text(name), "known": .text(known)]))
                continue
            }
            if name != chart.labelColumn, !column.type.isNumeric {
                messages.append(Message(.reportChartOfText, ["column": .text(name)]))
            }
        }
        return messages
    }

    private static func accepts(_ value: Value, _ type: ColumnType) -> Bool {
        switch (value, type) {
        case (.null, _), (_, .text): true
        case (.integer, .integer), (.integer, .decimal), (.integer, .currency), (.integer, .percent): true
        case (.decimal(let number), .integer): number.isInteger
        case (.decimal, .decimal), (.decimal, .currency), (.decimal, .percent): true
        case (.date, .date), (.instant, .date): true
        default: false
        }
    }
}
