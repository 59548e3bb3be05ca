import CRMModel
import CRMOutput
import CRMRecords
import Foundation
import Testing

@Suite("Exports")
struct ExporterTests {
    private func export(
        _ fixture: ImportFixture,
        _ format: Exporter.Format,
        style: Exporter.Style = .exact,
        limit: Int? = nil,
        fields: [FieldName]? = nil
    ) throws -> (text: String, count: Int, chunks: Int) {
        let formatter = ValueFormatter(
            catalog: fixture.catalog,
            language: .zhCN,
            timeZone: TimeZone(secondsFromGMT: 28_800) ?? .gmt
        )
        let exporter = try Exporter(object: fixture.object, fields: fields, style: style, formatter: formatter)
        var bytes: [UInt8] = []
        var count = 0
        var chunks = 0
        try fixture.batch { session throws(PlatformError) in
            do {
                count = try exporter.run(Query(object: fixture.object.name), as: format, limit: limit, in: session) {
                    bytes += $0
                    chunks += 1
                }
            } catch {
                throw error as? PlatformError ?? PlatformError(.internal, Message(custom: LocalizedText("\(error)")))
            }
        }
        return (String(decoding: bytes, as: UTF8.self), count, chunks)
    }

    @Test("CSV has names or labels and plain values")
    func csv() throws {
        let fixture = try ImportFixture()
        try fixture.importText("code,name,amount,birthday,note\nC1,\"a,\"\"b\"\"\",1234.5,2026-11-21,=1+1\n")
        let exact = try export(fixture, .csv(byteOrderMark: false))
        let start =
            "code,name,phone,email,amount,birthday,note,area,[record]\r\nC1,\"a,\"\"b\"\"\",,,1234.50,2026-11-21,'=1+1,,contact/1 v1 "
        #expect(exact.text.hasPrefix(start), "\(exact.text)")
        let people = try export(fixture, .csv(byteOrderMark: true), style: .people)
        #expect(people.text.hasPrefix("\u{FEFF}客户编码,公司名称,手机,邮箱,金额,生日,备注,意向面积,[record]\r\n"))
        #expect(people.count == 1)
    }

    @Test("JSON has numbers of records and exact decimals")
    func json() throws {
        let fixture = try ImportFixture()
        try fixture.importText("name,amount\na,1.5\nb,\n")
        let fields = [ImportFixture.name("name"), ImportFixture.name("amount")]
        let array = try export(fixture, .json, fields: fields)
        #expect(
            try JSONParser.parse(array.text) == [
                ["id": 1, "name": "a", "amount": "1.50"], ["id": 2, "name": "b", "amount": nil],
            ]
        )
        let lines = try export(fixture, .jsonLines, fields: fields)
        #expect(
            lines.text == "{\"id\":1,\"name\":\"a\",\"amount\":\"1.50\"}\n{\"id\":2,\"name\":\"b\",\"amount\":null}\n"
        )
        let empty = try export(try ImportFixture(), .json)
        #expect(try JSONParser.parse(empty.text) == [])
    }

    @Test("all pages are written, each once, and a limit ends the export")
    func pages() throws {
        let fixture = try ImportFixture()
        try fixture.importText("name\n" + (1...2500).map { "n\($0)\n" }.joined())
        let all = try export(fixture, .jsonLines, fields: [ImportFixture.name("name")])
        #expect(all.count == 2500)
        #expect(all.chunks == 3)
        let names = try all.text.split(separator: "\n").map { try JSONParser.parse(String($0))["name"]?.stringValue }
        #expect(names == (1...2500).map { "n\($0)" })
        #expect(try export(fixture, .jsonLines, limit: 1001).count == 1001)
    }

    @Test("a field that is not there is refused by name")
    func unknownField() throws {
        let fixture = try ImportFixture()
        let error = #expect(throws: PlatformError.self) {
            try export(fixture, .json, fields: [ImportFixture.name("nmae")])
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.text(in: .en).contains("nmae") == true)
    }

    @Test(
        "what is exported and imported again is equal, byte for byte",
        arguments: [
            "50_formula_cells.csv", "53_emoji_rtl_zero_width.csv", "54_control_characters.csv", "56_sql_values.csv",
            "23_newline_in_cell.csv", "57_paths_and_urls.csv",
        ]
    )
    func roundTrip(file: String) throws {
        let first = try ImportFixture()
        _ = try first.importCorpus(file)
        #expect(try first.records().count > 0)
        for style in [Exporter.Style.exact, .people] {
            let csv = try export(first, .csv(byteOrderMark: style == .people), style: style)
            let second = try ImportFixture()
            let summary = try second.importText(csv.text)
            #expect(summary.failed == 0)
            let before = try first.records()
            let after = try second.records()
            #expect(before.count == after.count)
            for (old, new) in zip(before, after) {
                #expect(Array(old.values.dropFirst(6)) == Array(new.values.dropFirst(6)), "\(old.values[6])")
            }
        }
    }
}
