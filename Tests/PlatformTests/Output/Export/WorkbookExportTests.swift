import CRMModel
import CRMOutput
import CRMRecords
import Foundation
import TestSupport
import Testing

@Suite("Exports of workbooks")
struct WorkbookExportTests {
    private let zone = TimeZone(secondsFromGMT: 28_800) ?? .gmt

    private static func fields() -> [FieldDefinition] {
        [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("qty", .integer, "数量"),
            ImportFixture.field("area", .decimal(scale: 2), "面积"),
            ImportFixture.field("price", .currency(code: "CNY", scale: 2), "单价"),
            ImportFixture.field("usd", .currency(code: "USD", scale: 2), "外币"),
            ImportFixture.field("rate", .percent(scale: 2), "税率"), ImportFixture.field("active", .boolean, "启用"),
            ImportFixture.field("day", .date, "日期"), ImportFixture.field("at", .dateTime, "时间"),
            ImportFixture.field("notes", .longText, "备注"),
        ]
    }

    private func workbook(_ fixture: ImportFixture, _ style: Exporter.Style) throws -> [UInt8] {
        let exporter = try Exporter(
            object: fixture.object,
            style: style,
            formatter: ValueFormatter(catalog: fixture.catalog, language: .zhCN, timeZone: zone)
        )
        var bytes: [UInt8] = []
        try fixture.batch { session throws(PlatformError) in
            do {
                _ = try exporter.run(Query(object: fixture.object.name), as: .xlsx, in: session) { bytes += $0 }
            } catch {
                throw error as? PlatformError ?? PlatformError(.internal, Message(custom: LocalizedText("\(error)")))
            }
        }
        return bytes
    }

    @Test("what is written comes back equal, for programs and for people", arguments: [Exporter.Style.exact, .people])
    func roundTrip(style: Exporter.Style) throws {
        let first = try ImportFixture(fields: Self.fields())
        try first.importText(
            """
            名称,数量,面积,单价,外币,税率,启用,日期,时间,备注
            00123,12,1.50,1234.5,-7.25,12.5,是,2026-11-21,2026-11-21 08:30:05,=1+1
            110101199003071234,-3,0.01,99999999999.99,0,0.05,否,1899-12-31,1980-01-01 00:00,"两行
            第二行"
            _x0041_,123456789012345678,,123456789012345.67,,100,,1900-03-01,,''=x
            '=cmd,,,,,,,2026-02-28,2026-12-31 23:59:59,'a
            """
        )
        #expect(try first.records().count == 4)
        let bytes = try workbook(first, style)
        let second = try ImportFixture(fields: Self.fields())
        let summary = try second.importBytes(bytes)
        #expect((summary.created, summary.failed) == (4, 0), "\(summary.text(in: .en))")
        for (old, new) in zip(try first.records(), try second.records()) {
            #expect(Array(old.values.dropFirst(6)) == Array(new.values.dropFirst(6)), "\(old.values[6])")
        }
    }

    @Test("numbers and days are what they are, amounts name their currency, and headings stay in view")
    func cells() throws {
        let fixture = try ImportFixture(fields: Self.fields())
        try fixture.importText("名称,单价,外币,税率,日期\n=1+1,1234.5,5,12.5,2026-11-21\n")
        let folder = try ScratchFolder()
        try Data(workbook(fixture, .people)).write(to: URL(fileURLWithPath: folder.path + "/a.xlsx"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unzip", "-q", folder.path + "/a.xlsx", "-d", folder.path + "/x"]
        try process.run()
        process.waitUntilExit()
        let sheet = try String(contentsOfFile: folder.path + "/x/xl/worksheets/sheet1.xml", encoding: .utf8)
        #expect(sheet.contains("state=\"frozen\""))
        #expect(sheet.contains("<t>=1+1</t>"))
        #expect(!sheet.contains("<f>"))
        #expect(sheet.contains("<v>1234.5</v>"))
        #expect(sheet.contains("<v>0.125</v>"))
        // 2026-11-21 as spreadsheets count days.
        #expect(sheet.contains("<v>46347</v>"))
        let styles = try String(contentsOfFile: folder.path + "/x/xl/styles.xml", encoding: .utf8)
        #expect(styles.contains("[$USD] #,##0.00"))
        #expect(styles.contains("[$¥-804]#,##0.00"))
    }

    @Test("a text that no cell holds is refused with its place")
    func longText() throws {
        let fixture = try ImportFixture(fields: Self.fields())
        try fixture.importText("名称,备注\na,\(String(repeating: "字", count: 32_768))\n")
        let error = #expect(throws: PlatformError.self) { try workbook(fixture, .people) }
        #expect(error?.code == .limitExceeded)
        #expect(error?.text(in: .zhCN).contains("第 2 行「备注」") == true)
    }

    @Test("reports go into workbooks with their sums")
    func report() throws {
        let bytes = try ReportRenderer.xlsx(try ReportResultTests.areas(), language: .zhCN)
        var reader = try XLSXReader(bytes: bytes)
        let headings = try reader.header()
        #expect(headings == (try ReportResultTests.areas()).columns.map { $0.label.text(in: .zhCN) })
        var row = CSVRow()
        var rows = 0
        while try reader.next(&row) { rows += 1 }
        let report = try ReportResultTests.areas()
        #expect(rows == report.rows.count + (report.hasTotals ? 1 : 0) + report.notes.count)
    }
}
