import CRMModel
import CRMOutput
import CRMRecords
import TestSupport
import Testing

/// Empty means one thing: nothing, or nothing but blanks of any kind.
@Suite("Empty cells and rows")
struct EmptyCellTests {
    private func fixture() throws -> ImportFixture {
        try ImportFixture(fields: [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("qty", .integer, "数量"),
            ImportFixture.field("notes", .longText, "备注"),
        ])
    }

    @Test(
        "rows without separators at their ends and rows of blanks do no harm, in CSV as in workbooks",
        arguments: [
            ("short.csv", ["甲", "乙", "丙"]), ("trailing-header.csv", ["甲", "乙"]), ("lead.csv", ["甲"]),
            ("spaces.csv", ["甲", "乙"]), ("spaces.xlsx", ["甲", "乙"]),
        ]
    )
    func found(file: String, names: [String]) throws {
        let fixture = try fixture()
        let summary = try fixture.importBytes(try Repository.bytes("Tests/Corpus/faults/short-and-blank-rows/\(file)"))
        #expect((summary.failed, summary.created) == (0, names.count))
        #expect(summary.warnings.isEmpty)
        #expect(try fixture.texts("name") == names)
    }

    @Test(
        "a cell of blanks says nothing: a changed record keeps what it has, and a row of them is none",
        arguments: [" ", "\u{3000}", "\u{A0}", "\u{200B}", "\u{FEFF}", "\t "]
    )
    func blanks(blank: String) throws {
        let fixture = try fixture()
        try fixture.importText("名称,数量,备注\n甲,1,记\n")
        var mapping = ImportMapping()
        mapping.key = ["名称"]
        mapping.defaults = [("notes", "无")]
        let summary = try fixture.importText(
            "\(blank),\(blank)\n名称,数量,备注\n甲,\(blank),\(blank)\n\(blank),\(blank),\n乙,2,\(blank)\n",
            mapping: mapping
        )
        #expect((summary.rows, summary.unchanged, summary.created, summary.failed) == (2, 1, 1, 0))
        #expect(try fixture.texts("qty") == ["1", "2"])
        #expect(try fixture.texts("notes") == ["记", "无"])
    }

    @Test("a column without a heading is named only when something stands in it")
    func nameless() throws {
        let fixture = try fixture()
        #expect(try fixture.importText("名称,,\n甲,,\n").warnings.isEmpty)
        let told = try fixture.importText("名称,,\n乙,x,\n")
        #expect(told.warnings.first?.text(in: .en).contains("#2") == true)
    }

    @Test("two rows of one file that find the same record are told, and the first one counts")
    func sameKey() throws {
        let fixture = try fixture()
        var mapping = ImportMapping()
        mapping.key = ["名称"]
        let summary = try fixture.importText("名称,数量\n甲,1\n乙,2\n甲,3\n", mapping: mapping)
        #expect((summary.created, summary.updated, summary.failed) == (2, 0, 1))
        #expect(try fixture.texts("qty") == ["1", "2"])
        #expect(summary.problems.first?.text(in: .zhCN).contains("与第 1 行是同一条记录") == true)
    }

    @Test("progress stands at the end only when the file is finished")
    func progress() throws {
        var seen: [Double] = []
        var options = FileImport()
        options.batchSize = 1000
        let text = "名称\n" + (1...3000).map { "n\($0)\n" }.joined()
        try fixture().importText(text, options: options, progress: { seen.append($0.fraction ?? -1) })
        #expect(seen.last == 1)
        #expect(seen.dropLast().allSatisfy { $0 < 1 })
    }
}
