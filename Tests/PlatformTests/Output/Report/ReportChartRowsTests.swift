import Testing

@testable import CRMModel
@testable import CRMOutput

@Suite struct ReportChartRowsTests {
    private func report(_ rows: [[Value]], type: ReportResult.ColumnType = .currency) throws -> ReportResult {
        try ReportResult(
            title: LocalizedText("展厅销售"),
            columns: [
                .init(name: "hall", label: LocalizedText("展厅"), type: .text),
                .init(name: "class", label: LocalizedText("类别"), type: .text),
                .init(name: "amount", label: LocalizedText("金额"), type: type),
            ],
            rows: rows,
            chart: .init(kind: .bar, labelColumn: "hall", valueColumns: ["amount"])
        )
    }

    private func row(_ hall: String, _ kind: String, _ amount: String) -> [Value] {
        [.text(hall), .text(kind), .decimal(FixedDecimal(amount) ?? .zero)]
    }

    @Test("rows with the same label are one bar with their sum, in the order they first come")
    func sameLabels() throws {
        let report = try report([row("N1", "a", "10.25"), row("E1", "a", "5.00"), row("N1", "b", "0.75")])
        let series = try #require(ChartSeries(report, language: .zhCN))
        #expect(series.labels == ["N1", "E1"])
        #expect(series.series.first?.numbers == [11, 5])
        #expect(series.series.first?.texts == ["11.00", "5.00"])
    }

    @Test("the table keeps every row")
    func table() throws {
        let report = try report([row("N1", "a", "10.25"), row("N1", "b", "0.75")])
        #expect(report.texts(in: .zhCN).count == 2)
    }

    @Test("percentages are not added up")
    func percentages() throws {
        let report = try report([row("N1", "a", "40.00"), row("N1", "b", "70.00")], type: .percent)
        let series = try #require(ChartSeries(report, language: .zhCN))
        #expect(series.labels == ["N1", "N1"])
    }
}
