import Testing

@testable import CRMModel
@testable import CRMOutput

@Suite("Funnels, and lines over days")
struct ChartKindTests {
    private func report(
        _ kind: ReportResult.Chart.Kind,
        _ rows: [[Value]],
        label: ReportResult.ColumnType = .text,
        values: [String] = ["n"]
    ) throws -> ReportResult {
        try ReportResult(
            title: LocalizedText("t"),
            columns: [
                .init(name: "step", label: LocalizedText("阶段"), type: label),
                .init(name: "n", label: LocalizedText("数"), type: .integer),
                .init(name: "m", label: LocalizedText("额"), type: .integer),
            ],
            rows: rows.map { $0 + [.null] },
            chart: .init(kind: kind, labelColumn: "step", valueColumns: values)
        )
    }

    private let steps: [[Value]] = [
        [.text("线索"), .integer(40)], [.text("需求"), .integer(20)], [.text("报价"), .integer(13)],
        [.text("赢单"), .integer(0)],
    ]

    private func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

    @Test("a funnel on the terminal has its steps in the middle, with shares of the first")
    func textFunnel() throws {
        let text = ReportRenderer.text(try report(.funnel, steps), language: .zhCN, width: 56)
        // 56 − 4 (labels) − 2 (numbers) − 6 (shares) − 4 = 40 columns: one a piece. 13 of 40 leaves 13.5 on each side: 14.
        let blank = { String(repeating: " ", count: $0) }
        let bar = { String(repeating: "█", count: $0) }
        #expect(
            text.split(separator: "\n").suffix(4).map(String.init) == [
                "线索 \(bar(40)) 40 100.0%", "需求 \(blank(10))\(bar(20))\(blank(10)) 20  50.0%",
                "报价 \(blank(14))\(bar(12))\(blank(14)) 13  32.5%", "赢单 \(blank(40))  0   0.0%",
            ]
        )
    }

    @Test("a funnel's drawing has a step for each row and a slope between neighbours")
    func drawnFunnel() throws {
        let svg = try #require(ReportRenderer.svg(try report(.funnel, steps), language: .zhCN))
        #expect(svg.ranges(of: "<rect ").count == 4)
        #expect(svg.ranges(of: "<polygon ").count == 3)
        #expect(svg.contains(">32.5%</text>"))
        // The second step is half as wide as the first.
        let widths = svg.matches(of: #/<rect [^>]*width="([0-9.]+)"/#).compactMap { Double($0.1) }
        #expect(abs(widths[0] / 2 - widths[1]) <= 0.1)
        #expect(widths[3] == 0)
    }

    @Test("a funnel of nothing is drawn, and one of several columns is refused")
    func oddFunnels() throws {
        let nothing = try report(.funnel, [[.text("a"), .integer(0)], [.text("b"), .null]])
        #expect(ReportRenderer.svg(nothing, language: .en)?.contains("%") == false)
        #expect(ReportRenderer.text(nothing, language: .en, width: 40).contains("a"))
        let error = #expect(throws: PlatformError.self) { try report(.funnel, steps, values: ["n", "m"]) }
        #expect(error?.text(in: .en).contains("a funnel has one value column") == true)
    }

    @Test("a line over days is drawn in the order and at the distances of time")
    func days() throws {
        let rows: [[Value]] = [
            [.date(day("2026-01-11")), .integer(3)], [.date(day("2026-01-01")), .integer(1)],
            [.date(day("2026-01-03")), .integer(2)],
        ]
        let svg = try #require(ReportRenderer.svg(try report(.line, rows, label: .date), language: .en))
        let points = try #require(svg.firstMatch(of: #/<polyline points="([^"]*)"/#)).1.split(separator: " ")
        let x = points.compactMap { Double($0.split(separator: ",")[0]) }
        #expect(x.count == 3)
        // The third of January is a fifth of the way from the first to the eleventh.
        #expect(abs((x[1] - x[0]) / (x[2] - x[0]) - 0.2) < 0.001)
        #expect(svg.contains(">01-03</text>"))
        // A label that is no day makes it a line over rows.
        let mixed = try report(.line, rows + [[.null, .integer(4)]], label: .date)
        #expect(ReportRenderer.svg(mixed, language: .en)?.contains(">2026-01-11</text>") == true)
    }

    @Test(
        "the marks of time are days, Mondays, months or years, eight at most",
        arguments: [
            ("2026-11-20", "2026-11-23", "11-20 11-21 11-22 11-23"),
            ("2025-12-30", "2026-01-02", "2025-12-30 2025-12-31 2026-01-01 2026-01-02"),
            ("2026-11-01", "2026-11-15", "11-01 11-03 11-05 11-07 11-09 11-11 11-13 11-15"),
            // The second of November 2026 is a Monday.
            ("2026-10-31", "2026-11-30", "11-02 11-09 11-16 11-23 11-30"),
            ("2026-01-15", "2026-06-30", "2026-02 2026-03 2026-04 2026-05 2026-06"),
            ("2025-02-01", "2026-11-21", "2025-04 2025-07 2025-10 2026-01 2026-04 2026-07 2026-10"),
            ("2019-03-01", "2026-11-21", "2020 2021 2022 2023 2024 2025 2026"),
            ("0001-01-01", "9999-12-31", ""),
        ]
    )
    func marks(first: String, last: String, expected: String) {
        let marks = DayAxis(from: day(first), to: day(last)).marks.map(\.text)
        if expected.isEmpty {
            #expect(marks.count <= 21)
        } else {
            #expect(marks.joined(separator: " ") == expected)
        }
    }

    @Test("a year of days is one line without dots")
    func longLine() throws {
        let rows: [[Value]] = (0..<365).compactMap { index in
            day("2026-01-01").adding(days: index).map { [.date($0), .integer(Int64(index % 7))] }
        }
        let svg = try #require(ReportRenderer.svg(try report(.line, rows, label: .date), language: .en))
        #expect(svg.ranges(of: "<circle ").isEmpty)
        #expect(svg.firstMatch(of: #/<polyline points="([^"]*)"/#)?.1.split(separator: " ").count == 365)
        #expect(!svg.contains("more rows"))
    }
}
