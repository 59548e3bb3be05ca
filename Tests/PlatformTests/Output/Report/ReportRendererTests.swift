import CRMModel
import CRMOutput
import Testing

@Suite("Forms of reports")
struct ReportRendererTests {
    @Test("the terminal gets title, table, bars and notes")
    func text() throws {
        let text = ReportRenderer.text(
            try ReportResultTests.areas(chart: ReportResultTests.bars),
            language: .zhCN,
            width: 60
        )
        // The bars have 60 − 8 (labels) − 7 (numbers) − 4 = 41 columns; 36 of 1200.5 is 1.23 columns: one and two eighths.
        let expected = """
            面积 <与> 金额
            ┌──────────┬─────────┬────────┬───────┐
            │ 展馆     │    面积 │ 展位数 │  占比 │
            ├──────────┼─────────┼────────┼───────┤
            │ 一号馆   │ 1,200.5 │     12 │ 97.1% │
            │ =二&号馆 │    36.0 │      1 │  2.9% │
            ├──────────┼─────────┼────────┼───────┤
            │ 合计     │ 1,236.5 │     13 │       │
            └──────────┴─────────┴────────┴───────┘

            一号馆   ▏█████████████████████████████████████████ 1,200.5
            =二&号馆 ▏█▎ 36.0

            单位：平方米

            """
        #expect(text == expected)
    }

    @Test("negative numbers have bars to the left of the line")
    func negativeBars() throws {
        let result = try ReportResult(
            title: LocalizedText("t"),
            columns: [
                ReportResult.Column(name: "m", label: LocalizedText("m"), type: .text),
                ReportResult.Column(name: "v", label: LocalizedText("v"), type: .integer),
            ],
            rows: [[.text("a"), .integer(-10)], [.text("b"), .integer(10)], [.text("c"), .integer(0)]],
            chart: ReportResult.Chart(kind: .bar, labelColumn: "m", valueColumns: ["v"])
        )
        let lines = ReportRenderer.text(result, language: .en, width: 48).split(separator: "\n").suffix(3)
        // 48 − 1 − 3 − 4 = 40 columns, 20 on each side.
        #expect(lines.first == "a \(String(repeating: "█", count: 20))▏ -10")
        #expect(
            lines.dropFirst().first == "b \(String(repeating: " ", count: 20))▏\(String(repeating: "█", count: 20)) 10"
        )
        #expect(lines.last == "c \(String(repeating: " ", count: 20))▏ 0")
    }

    @Test("the page holds everything escaped and forbids scripts")
    func html() throws {
        let page = ReportRenderer.html(
            try ReportResultTests.areas(chart: ReportResultTests.bars),
            language: .zhCN
        )
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
        #expect(page.contains("<h1>面积 &lt;与&gt; 金额</h1>"))
        #expect(
            page.contains("<td>=二&amp;号馆</td><td class=\"n\">36.0</td><td class=\"n\">1</td><td class=\"n\">2.9%</td>")
        )
        #expect(page.contains("default-src 'none'"))
        #expect(page.contains("<svg "))
        #expect(!page.contains("<与>"))
    }

    @Test("the drawing has a bar for each row, as long as its number")
    func svg() throws {
        let svg = try #require(
            ReportRenderer.svg(try ReportResultTests.areas(chart: ReportResultTests.bars), language: .en)
        )
        #expect(svg.contains("<title>Area &amp; amount</title>"))
        #expect(svg.components(separatedBy: "<rect ") == 3)
        // The least of 1, 2 and 5 × 10ⁿ that is no less than 1200.5 / 6 = 200.08 is 500: marks at 0 … 1,500.
        #expect(svg.contains(">1,500</text>"))
        #expect(!svg.contains(">2,000</text>"))
        #expect(ReportRenderer.svg(try ReportResultTests.areas(), language: .en) == nil)
    }

    @Test("a line chart has one line for each value column and a legend")
    func lines() throws {
        let chart = ReportResult.Chart(kind: .line, labelColumn: "hall", valueColumns: ["area", "n"])
        let svg = try #require(ReportRenderer.svg(try ReportResultTests.areas(chart: chart), language: .en))
        #expect(svg.components(separatedBy: "<polyline ") == 3)
        #expect(svg.contains(">Booths</text>"))
    }

    @Test("CSV has exact numbers and inert formulas")
    func csv() throws {
        let bytes = ReportRenderer.csv(try ReportResultTests.areas(), language: .en, byteOrderMark: false)
        let expected = "Hall,Area,Booths,Share\r\n一号馆,1200.5,12,97.1\r\n'=二&号馆,36,1,2.9\r\n"
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test("JSON has columns, rows, sums and the chart")
    func json() throws {
        let bytes = ReportRenderer.json(
            try ReportResultTests.areas(chart: ReportResultTests.bars),
            language: .en
        )
        let tree = try JSONParser.parse(bytes)
        #expect(tree["title"] == "Area & amount")
        #expect(tree["columns"]?.arrayValue?.count == 4)
        #expect(tree["rows"]?.arrayValue?.first == ["一号馆", "1200.5", 12, "97.1"])
        #expect(tree["totals"] == [nil, "1236.5", 13, nil])
        #expect(tree["chart"] == ["kind": "bar", "label": "hall", "values": ["area"]])
    }
}

extension String {
    fileprivate func components(separatedBy part: String) -> Int {
        ranges(of: part).count + 1
    }
}
