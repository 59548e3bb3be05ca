import CRMModel
import CRMOutput
import Testing

struct CSVReaderTests {
    private func rows(_ text: String, options: CSVReader.Options = .init()) throws -> [CSVRow] {
        try rows(Array(text.utf8), options: options)
    }

    private func rows(_ bytes: [UInt8], options: CSVReader.Options = .init()) throws -> [CSVRow] {
        var reader = try CSVReader(bytes: bytes, options: options)
        var row = CSVRow()
        var result: [CSVRow] = []
        while try reader.next(&row) { result.append(row) }
        return result
    }

    @Test("cells, quotation marks, doubled marks and line breaks within cells")
    func cells() throws {
        let found = try rows("a,\"b,c\",\"d\"\"e\",\"\",\r\n\"x\ny\r\nz\",2,\"3\"\n")
        #expect(found.map(\.strings) == [["a", "b,c", "d\"e", "", ""], ["x\ny\r\nz", "2", "3"]])
        #expect(found.allSatisfy { $0.problem == nil })
    }

    @Test("all line ends, also mixed; blank lines are skipped; lines are counted as editors do")
    func lineEnds() throws {
        let found = try rows("a,1\r\nb,2\rc,3\n\n\r\n\r\r\"d\nd\",4\r\n\"e\r\n\"\"e\",5\nf,6")
        #expect(found.map { $0.string(0) } == ["a", "b", "c", "d\nd", "e\r\n\"e", "f"])
        #expect(found.map(\.line) == [1, 2, 3, 8, 10, 12])
        #expect(found.map(\.number) == [1, 2, 3, 4, 5, 6])
    }

    @Test("an empty cell in quotation marks is a row, and so are separators alone")
    func emptyCells() throws {
        let found = try rows("a\n\"\"\n\nb\n")
        #expect(found.map(\.strings) == [["a"], [""], ["b"]])
        #expect(try rows("a,b\n,\n").last?.isBlank == true)
        #expect(try rows("a,b\n1,").last?.strings == ["1", ""])
    }

    @Test("a mark within a plain cell is a sign like others; text after a closing mark is refused")
    func quotesInside() throws {
        let found = try rows("Na\"me,6\" pipe\n\"Na\"me\",x\n\"a\" ,b\nok,1\n")
        #expect(found[0].strings == ["Na\"me", "6\" pipe"])
        #expect(found[0].problem == nil)
        #expect(found[1].problem == .textAfterQuote(column: 1))
        #expect(found[2].problem == .textAfterQuote(column: 1))
        #expect(found[3].strings == ["ok", "1"])
    }

    @Test("a mark that is never closed makes one refused row up to the end")
    func unclosed() throws {
        let found = try rows("a,b\nc,\"d\ne,f\n")
        #expect(found.count == 2)
        #expect(found[1].problem == .unclosedQuote(column: 2))
        #expect(found[1].line == 2)
    }

    @Test("cells and columns beyond the limits spoil their row only, plain or quoted", arguments: [false, true])
    func limits(quoted: Bool) throws {
        let mark = quoted ? "\"" : ""
        let options = CSVReader.Options(maximumCellBytes: 5, maximumColumns: 3)
        let text = "\(mark)12345\(mark),b\n\(mark)123456\(mark),b\na,\(mark)b\(mark),c\na,\(mark)b\(mark),c,d\nlast\n"
        let found = try rows(text, options: options)
        #expect(
            found.map(\.problem) == [
                nil, .cellTooLong(column: 1, limit: 5), nil, .tooManyColumns(limit: 3), nil,
            ]
        )
        #expect(found.last?.strings == ["last"])
        #expect(found.map(\.line) == [1, 2, 3, 4, 5])
    }

    @Test("the result does not depend on where the file's chunks end", arguments: [0, 1, 2, 3, 5, 8])
    func chunks(shift: Int) throws {
        // Rows of all kinds around the places where 256 kB end.
        var text = String(repeating: "x", count: 262_144 - 40 + shift) + "\n"
        for index in 0..<40 { text += "r\(index),\"q\"\"\(index)\r\n\",中文\r\n" }
        let path = try TemporaryFile(bytes: Array(text.utf8))
        var reader = try CSVReader(path: path.path)
        var row = CSVRow()
        #expect(try reader.next(&row))
        var lines: [Int] = []
        for index in 0..<40 {
            #expect(try reader.next(&row))
            #expect(row.strings == ["r\(index)", "q\"\(index)\r\n", "中文"])
            #expect(row.problem == nil)
            lines.append(row.line)
        }
        #expect(lines == (0..<40).map { 2 + 2 * $0 })
        #expect(try !reader.next(&row))
        #expect(reader.bytesRead == text.utf8.count)
        #expect(reader.totalBytes == text.utf8.count)
    }

    @Test(
        "the separator is found, or told by the first line",
        arguments: [
            ("a;b,c;d\n1;2;3\n", ";", ["a", "b,c", "d"]), ("a,b\n", ",", ["a", "b"]),
            ("a\tb,c\td\n1\t2\t3\n", "\t", ["a", "b,c", "d"]),
            ("sep=;\r\na;b,c\r\n", ";", ["a", "b,c"]), ("SEP=|\na|b\n", "|", ["a", "b"]), ("a\nb\n", ",", ["a"]),
            ("\"x;y;z\",b\n1,2\n", ",", ["x;y;z", "b"]),
        ]
    )
    func dialects(text: String, delimiter: Character, header: [String]) throws {
        var reader = try CSVReader(bytes: Array(text.utf8))
        #expect(reader.dialect.delimiter == delimiter.asciiValue)
        #expect(try reader.header() == header)
    }

    @Test("a header is checked, and no row may have more cells; those missing at its end are empty")
    func header() throws {
        var reader = try CSVReader(bytes: Array("\u{3000}a , b\n1,2\n1,2,\n1,2,3\n1\n".utf8))
        #expect(try reader.header() == ["a", "b"])
        var row = CSVRow()
        var problems: [CSVRowProblem?] = []
        var numbers: [Int] = []
        while try reader.next(&row) {
            problems.append(row.problem)
            numbers.append(row.number)
        }
        #expect(problems == [nil, nil, .columnCount(found: 3, expected: 2), nil])
        #expect(numbers == [1, 2, 3, 4])
    }

    @Test("names that come twice are listed once each")
    func duplicates() throws {
        var reader = try CSVReader(bytes: Array("a,B,c,b,Ａ,,\n".utf8))
        #expect(throws: CSVError.duplicateHeaders(["a", "B"])) { try reader.header() }
    }

    @Test("bytes that are no text name their column and place")
    func invalidText() throws {
        let found = try rows(
            Array("ok,b\nx,ab".utf8) + [0xFF] + Array("\n\"q\"\"\",".utf8) + [0xC3, 0x0A] + Array("n,\0\n中,1".utf8)
        )
        #expect(
            found.map(\.problem) == [
                nil, .invalidText(column: 2, byte: 3), .invalidText(column: 2, byte: 1), .nulCharacter(column: 2), nil,
            ]
        )
    }

    @Test("a missing file is said to be unreadable")
    func missing() {
        #expect {
            try CSVReader(path: "/nonexistent/file.csv")
        } throws: {
            if case .unreadable = $0 as? CSVError { true } else { false }
        }
    }
}
