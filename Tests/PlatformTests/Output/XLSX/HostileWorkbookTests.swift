import CRMOutput
import Foundation
import TestSupport
import Testing

@Suite("Hostile workbooks")
struct HostileWorkbookTests {
    private func refusal(_ bytes: [UInt8]) -> XLSXError? {
        do {
            var reader = try XLSXReader(bytes: bytes)
            _ = try reader.header()
            var row = CSVRow()
            while try reader.next(&row) {}
            return nil
        } catch {
            return error
        }
    }

    private func refusal(_ file: WorkbookFile) -> XLSXError? { refusal(file.bytes) }

    private let sheet = "xl/worksheets/sheet0.xml"

    @Test("a sheet that unpacks to a thousand times its size is not read")
    func bomb() throws {
        guard case .tooLarge(let part, let megabytes)? = refusal(try Repository.bytes("Tests/Corpus/xlsx/bomb.xlsx"))
        else {
            Issue.record("the bomb was read")
            return
        }
        #expect(part == "xl/worksheets/sheet1.xml")
        #expect(megabytes == 16)
    }

    @Test("document types are refused in every part, so no entity is expanded and nothing outside is opened")
    func documentTypes() {
        let type = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"&a;&a;&a;\">]>"
        let texts: [(String, String)] = [
            (sheet, "<worksheet><sheetData/></worksheet>"), ("xl/workbook.xml", "<workbook/>"),
            ("xl/styles.xml", "<styleSheet/>"), ("_rels/.rels", "<Relationships/>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships/>"),
        ]
        for (part, text) in texts {
            var file = WorkbookFile(WorkbookFile.row(1, "h"))
            file.parts = [(part, type + text, .none)]
            #expect(refusal(file) == .documentType(part: part))
        }
        var file = WorkbookFile(WorkbookFile.row(1, "h"))
        file.texts = "<si><t>a</t></si>"
        file.parts = [("xl/sharedStrings.xml", type + "<sst><si><t>&b;</t></si></sst>", .none)]
        #expect(refusal(file) == .documentType(part: "xl/sharedStrings.xml"))
    }

    @Test("elements nested too deep and tags too long are refused")
    func complexity() {
        let depth = 62
        let inner = String(repeating: "<x>", count: depth) + String(repeating: "</x>", count: depth)
        #expect(refusal(WorkbookFile(WorkbookFile.row(1, "h") + inner)) == nil)
        #expect(refusal(WorkbookFile(WorkbookFile.row(1, "h") + "<x>\(inner)</x>")) == .tooComplex(part: sheet))
        let long = "<row r=\"2\" x=\"" + String(repeating: "a", count: 3 << 20) + "\"/>"
        #expect(refusal(WorkbookFile(WorkbookFile.row(1, "h") + long)) == .tooComplex(part: sheet))
        let endless = "<row r=\"2\" x=\"" + String(repeating: "a", count: 3 << 20)
        #expect(refusal(WorkbookFile(WorkbookFile.row(1, "h") + endless)) == .tooComplex(part: sheet))
    }

    @Test("a wrong checksum, a locked part, a part twice and a missing part are refused before any row is given out")
    func parts() {
        var file = WorkbookFile(WorkbookFile.row(1, "h"))
        let text = "<worksheet><sheetData>\(WorkbookFile.row(1, "h"))</sheetData></worksheet>"
        file.parts = [(sheet, text, .wrongChecksum)]
        #expect(throws: XLSXError.damaged(part: sheet)) { try XLSXReader(bytes: file.bytes) }
        file.parts = [(sheet, text, .encrypted)]
        #expect(refusal(file) == .encrypted)
        file.parts = [(sheet, text, .none), ("XL/worksheets/Sheet0.xml", text, .none)]
        #expect(refusal(file) == .duplicatePart("XL/worksheets/Sheet0.xml"))
        file.parts = [(sheet, "<worksheet><sheetData>", .none)]
        #expect(throws: XLSXError.damaged(part: sheet)) { try XLSXReader(bytes: file.bytes) }
        file.parts = [(sheet, "<other/>", .none)]
        #expect(refusal(file) == .damaged(part: sheet))
        let target = "../../../../../../etc/passwd"
        file.parts = [
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r0\" Type=\"x/worksheet\" Target=\"\(target)\"/></Relationships>",
                .none
            )
        ]
        #expect(refusal(file) == .missingPart("etc/passwd"))
        file.parts = [
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r0\" Type=\"x/worksheet\" TargetMode=\"External\" Target=\"a\"/>"
                    + "</Relationships>", .none
            )
        ]
        #expect(refusal(file) == .noSheet)
    }

    @Test(
        "rows and cells out of order, outside of a sheet or no references at all are refused",
        arguments: [
            ("<row r=\"2\"/><row r=\"2\"/>", "2"), ("<row r=\"0\"/>", "0"), ("<row r=\"-1\"/>", "0"),
            ("<row r=\"1048577\"/>", "1048577"), ("<row r=\"99999999999999999999999\"/>", "0"),
            ("<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>", "A2"),
            ("<row r=\"2\"><c r=\"A2\"/><c r=\"A2\"/></row>", "A2"),
            ("<row r=\"2\"><c r=\"A3\"/></row>", "A3"), ("<row r=\"2\"><c r=\"XFE2\"/></row>", "XFE2"),
            ("<row r=\"2\"><c r=\"2\"/></row>", "2"), ("<row r=\"2\"><c r=\"\"/></row>", ""),
        ]
    )
    func disorder(xml: String, cell: String) {
        #expect(refusal(WorkbookFile(WorkbookFile.row(1, "h") + xml)) == .disordered(part: sheet, cell: cell))
    }

    @Test("a cell in the last corner of the sheet makes no empty rows or cells")
    func farCorner() throws {
        let far = "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c><c r=\"XFD1048576\"><v>2</v></c></row>"
        var reader = try XLSXReader(bytes: WorkbookFile(WorkbookFile.row(1, "h") + far).bytes)
        _ = try reader.header()
        var row = CSVRow()
        #expect(try reader.next(&row))
        #expect(row.number == 1_048_576)
        #expect(row.strings == ["1"])
        #expect(try !reader.next(&row))
        #expect(reader.strayCell == "XFD1048576")
    }

    @Test("a file cut off anywhere, or with any byte changed, is refused or read, and never ends the process")
    func damage() throws {
        var file = WorkbookFile(WorkbookFile.row(1, "h") + WorkbookFile.row(2, "a"))
        file.texts = "<si><t>a</t></si>"
        let whole = file.bytes
        for length in stride(from: 0, to: whole.count, by: 7) {
            #expect(refusal(Array(whole.prefix(length))) != nil)
        }
        var state: UInt64 = 42
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 25)
            }
            _ = refusal(bytes)
        }
    }
}
