public import CRMModel

extension ReportResult {
    /// The places after the point that all numbers of a column are shown with: as many as the longest has.
    func scale(of column: Int) -> Int {
        guard columns[column].type != .integer, columns[column].type.isNumeric else { return 0 }
        var scale = columns[column].type == .currency ? 2 : 0
        for row in rows {
            if case .decimal(let number) = row[column] { scale = max(scale, number.scale) }
        }
        return scale
    }

    /// The cells of all rows as people read them: numbers in groups, with the same number of places in a column.
    public func texts(in language: Language) -> [[String]] {
        let scales = columns.indices.map { scale(of: $0) }
        return rows.map { row in
            row.indices.map { text(row[$0], columns[$0], scale: scales[$0], language) }
        }
    }

    /// The cells of the row of sums, nil when no column has one; the first column without a sum says `合计`.
    public func totalTexts(in language: Language) -> [String]? {
        guard hasTotals else { return nil }
        var texts = columns.indices.map { index in
            guard columns[index].hasTotal else { return "" }
            guard let total = totals[index] else { return "—" }
            return text(total, columns[index], scale: scale(of: index), language)
        }
        if let first = columns.firstIndex(where: { !$0.hasTotal }) {
            texts[first] = Message(.total).text(in: language)
        }
        return texts
    }

    private func text(_ value: Value, _ column: Column, scale: Int, _ language: Language) -> String {
        switch value {
        case .boolean(let flag):
            return Message(flag ? .yes : .no).text(in: language)
        case .integer, .decimal:
            guard column.type.isNumeric, let number = value.decimalValue else { return value.displayText }
            let text = (number.rescaled(to: scale) ?? number).formatted(grouping: true)
            // A heading such as `折扣(%)` says it for the whole column.
            return column.type == .percent && !column.label.saysPercent(in: language) ? text + "%" : text
        case .instant(let moment):
            return moment.text(in: timeZone)
        default:
            return value.displayText
        }
    }
}
