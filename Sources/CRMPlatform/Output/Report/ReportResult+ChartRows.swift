internal import CRMModel

extension ReportResult {
    /// The report as its chart draws it: rows with the same label become one with their numbers added up, in the
    /// order in which the labels first come, so that a report by hall and product class has one bar a hall.
    ///
    /// Rows stay as they are when a percentage is drawn, because shares of different wholes do not add up, and when a
    /// sum would be too great for 64 bits.
    func addedUpForChart() -> ReportResult {
        guard let chart, let label = index(of: chart.labelColumn) else { return self }
        let drawn = chart.valueColumns.compactMap { index(of: $0) }
        guard !drawn.contains(where: { columns[$0].type == .percent }) else { return self }
        var positions: [Value: Int] = [:]
        var added: [[Value]] = []
        for row in rows {
            guard let position = positions[row[label]] else {
                positions[row[label]] = added.count
                added.append(row)
                continue
            }
            for column in drawn {
                let before = added[position][column].decimalValue ?? .zero
                guard let sum = before.adding(row[column].decimalValue ?? .zero) else { return self }
                added[position][column] = .decimal(sum)
            }
        }
        guard added.count < rows.count else { return self }
        // What is added up has the shape of a report that was checked; should it not, the report is shown as it is.
        return (try? ReportResult(title: title, text: text, columns: columns, rows: added, chart: chart, notes: notes))
            ?? self
    }

    /// The report with its rows in the order of the days of a column; as it is when not every row has a day there.
    func inOrderOfDays(_ column: Int) -> ReportResult {
        let days = rows.compactMap { $0[column].dateValue }
        guard days.count == rows.count, zip(days, days.dropFirst()).contains(where: { $0 > $1 }) else { return self }
        let sorted = zip(days, rows).sorted { $0.0 < $1.0 }.map { $0.1 }
        return
            (try? ReportResult(title: title, text: text, columns: columns, rows: sorted, chart: chart, notes: notes))
            ?? self
    }
}
