import CRMModel
import CRMOutput
import Testing

@Suite("Results of reports")
struct ReportResultTests {
    static func decimal(_ text: String) -> Value { FixedDecimal(text).map { .decimal($0) } ?? .null }

    static func areas(chart: ReportResult.Chart? = nil) throws -> ReportResult {
        try ReportResult(
            title: LocalizedText([.zhCN: "面积 <与> 金额", .en: "Area & amount"]),
            columns: [
                ReportResult.Column(name: "hall", label: LocalizedText([.zhCN: "展馆", .en: "Hall"]), type: .text),
                ReportResult.Column(
                    name: "area",
                    label: LocalizedText([.zhCN: "面积", .en: "Area"]),
                    type: .decimal,
                    hasTotal: true
                ),
                ReportResult.Column(
                    name: "n",
                    label: LocalizedText([.zhCN: "展位数", .en: "Booths"]),
                    type: .integer,
                    hasTotal: true
                ),
                ReportResult.Column(
                    name: "share",
                    label: LocalizedText([.zhCN: "占比", .en: "Share"]),
                    type: .percent
                ),
            ],
            rows: [
                [.text("一号馆"), decimal("1200.5"), .integer(12), decimal("97.1")],
                [.text("=二&号馆"), decimal("36"), .integer(1), decimal("2.9")],
            ],
            chart: chart,
            notes: [LocalizedText("单位：平方米")]
        )
    }

    static let bars = ReportResult.Chart(kind: .bar, labelColumn: "hall", valueColumns: ["area"])

    @Test("sums are exact and all numbers of a column have the same places")
    func texts() throws {
        let result = try Self.areas()
        #expect(result.texts(in: .zhCN) == [["一号馆", "1,200.5", "12", "97.1%"], ["=二&号馆", "36.0", "1", "2.9%"]])
        #expect(result.totalTexts(in: .zhCN) == ["合计", "1,236.5", "13", ""])
        #expect(result.totalTexts(in: .en)?.first == "Total")
    }

    @Test("a sum may be too great on the way, and one that is too great in the end is named below the table")
    func greatSums() throws {
        func sum(_ rows: [[Value]]) throws -> ReportResult {
            try ReportResult(
                title: LocalizedText("t"),
                columns: [
                    ReportResult.Column(name: "n", label: LocalizedText("Pieces"), type: .decimal, hasTotal: true)
                ],
                rows: rows,
                notes: [LocalizedText("own")]
            )
        }
        let back = try sum([[.integer(.max)], [.integer(5)], [.integer(-.max)], [Self.decimal("0.25")]])
        #expect(back.totals == [Self.decimal("5.25")])
        #expect(back.remarks == [LocalizedText("own")])
        let great = try sum([[.integer(.max)], [.integer(.max)]])
        #expect(great.totalTexts(in: .en) == ["—"])
        #expect(
            great.remarks.map { $0.text(in: .en) } == [
                "own", "the total of Pieces is greater than can be shown and was left out",
            ]
        )
        #expect(ReportRenderer.html(great, language: .en).contains("greater than can be shown"))
    }

    @Test("money has two places at least")
    func money() throws {
        let result = try ReportResult(
            title: LocalizedText("t"),
            columns: [
                ReportResult.Column(name: "sum", label: LocalizedText("sum"), type: .currency, hasTotal: true)
            ],
            rows: [[.integer(7)], [.null], [Self.decimal("1000000.5")]]
        )
        #expect(result.texts(in: .en) == [["7.00"], [""], ["1,000,000.50"]])
        #expect(result.totalTexts(in: .en) == ["1,000,007.50"])
    }

    @Test("a sum beyond 64 bits is shown as unknown and does not trap")
    func overflow() throws {
        let result = try ReportResult(
            title: LocalizedText("t"),
            columns: [ReportResult.Column(name: "n", label: LocalizedText("n"), type: .integer, hasTotal: true)],
            rows: [[.integer(.max)], [.integer(1)]]
        )
        #expect(result.totalTexts(in: .en) == ["—"])
    }

    @Test("everything wrong with a result is told at once")
    func malformed() throws {
        let error = #expect(throws: PlatformError.self) {
            try ReportResult(
                title: LocalizedText("t"),
                columns: [
                    ReportResult.Column(name: "a", label: LocalizedText("a"), type: .text, hasTotal: true),
                    ReportResult.Column(name: "a", label: LocalizedText("a"), type: .integer),
                ],
                rows: [[.text("x")], [.text("x"), .text("y")]],
                chart: ReportResult.Chart(kind: .bar, labelColumn: "b", valueColumns: ["a"])
            )
        }
        let keys = try #require(error).issues.compactMap { $0.message.key?.id }
        #expect(
            keys == [
                "report.total_of_text", "report.column_twice", "report.chart_column", "report.chart_of_text",
                "report.row_count", "report.value_type",
            ]
        )
        #expect(error?.code == .invalidInput)
    }
}
