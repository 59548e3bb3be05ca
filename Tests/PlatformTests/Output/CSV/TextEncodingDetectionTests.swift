import CRMOutput
import Foundation
import Testing

struct TextEncodingDetectionTests {
    private func rows(_ bytes: [UInt8]) throws -> (encoding: TextEncoding, rows: [CSVRow]) {
        var reader = try CSVReader(bytes: bytes)
        var row = CSVRow()
        var result: [CSVRow] = []
        while try reader.next(&row) { result.append(row) }
        return (reader.encoding, result)
    }

    @Test("byte order marks decide and are taken off")
    func marks() throws {
        let utf8 = try rows([0xEF, 0xBB, 0xBF] + Array("a,中\n".utf8))
        #expect(utf8.encoding == .utf8)
        #expect(utf8.rows.map(\.strings) == [["a", "中"]])
        // "a,中" LF and a sign outside the basic plane, by hand.
        let little = try rows([0xFF, 0xFE, 0x61, 0, 0x2C, 0, 0x2D, 0x4E, 0x0A, 0, 0x3D, 0xD8, 0x00, 0xDE])
        #expect(little.encoding == .utf16LittleEndian)
        #expect(little.rows.map(\.strings) == [["a", "中"], ["😀"]])
        let big = try rows([0xFE, 0xFF, 0, 0x61, 0, 0x2C, 0x4E, 0x2D])
        #expect(big.rows.map(\.strings) == [["a", "中"]])
        #expect(throws: CSVError.unsupportedEncoding("UTF-32")) { try rows([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]) }
    }

    @Test("half characters of UTF-16 spoil their row only")
    func utf16Damage() throws {
        let lone = try rows([0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0x0A, 0, 0x62, 0, 0x0A, 0, 0x63])
        #expect(lone.rows.map(\.problem) == [.invalidText(column: 1, byte: 2), nil, .invalidText(column: 1, byte: 1)])
        #expect(lone.rows[1].strings == ["b"])
    }

    @Test("GB18030 is found by itself: double bytes, four bytes, and damage in one row")
    func chinese() throws {
        // 张三,客户 in GBK.
        let line: [UInt8] = [0xD5, 0xC5, 0xC8, 0xFD, 0x2C, 0xBF, 0xCD, 0xBB, 0xA7, 0x0A]
        let plain = try rows(line)
        #expect(plain.encoding == .gb18030)
        #expect(plain.rows.map(\.strings) == [["张三", "客户"]])
        var reader = try CSVReader(
            bytes: line + [0xC8, 0x28, 0x2C, 0x31, 0x0A] + line + [0xC8],
            options: .init(encoding: .gb18030)
        )
        var row = CSVRow()
        var problems: [CSVRowProblem?] = []
        while try reader.next(&row) { problems.append(row.problem) }
        #expect(problems == [nil, .invalidText(column: 1, byte: 1), nil, .invalidText(column: 1, byte: 1)])
    }

    @Test("one broken line does not hide that all others are GB18030: it alone is refused")
    func brokenLine() throws {
        let line: [UInt8] = [0xD5, 0xC5, 0xC8, 0xFD, 0x2C, 0xBF, 0xCD, 0xBB, 0xA7, 0x0A]
        let found = try rows(line + line + [0xC0, 0xFF, 0xFE, 0x2C, 0x80, 0x0A] + line)
        #expect(found.encoding == .gb18030)
        #expect(found.rows.map { $0.problem == nil } == [true, true, false, true])
        #expect(found.rows[3].strings == ["张三", "客户"])
        // Half of it UTF-8: nobody knows what it is.
        let utf8 = Array("张三丰,客户\n".utf8)
        let mixed = try rows(line + utf8 + [0xC0, 0xFF, 0x0A] + line + utf8 + utf8)
        #expect(mixed.encoding == .utf8)
    }

    @Test("the sign with which DOS ends a text file is no row and no part of one", arguments: [[0x1A], [0x1A, 0x1A]])
    func endSign(_ sign: [UInt8]) throws {
        #expect(try rows(Array("a,b\n1,2\n".utf8) + sign).rows.map(\.strings) == [["a", "b"], ["1", "2"]])
        #expect(try rows(Array("a,b\n1,2".utf8) + sign).rows.map(\.strings) == [["a", "b"], ["1", "2"]])
        // Elsewhere it is a character like others, and in UTF-16 the last byte is half of one.
        #expect(try rows(Array("a\u{1A}b\n".utf8)).rows.map(\.strings) == [["a\u{1A}b"]])
        #expect(try rows([0xFF, 0xFE, 0x61, 0, 0x20, 0x1A]).rows.map(\.strings) == [["a\u{1A20}"]])
    }

    @Test("Latin-1 and mixtures are not taken for Chinese")
    func latin() throws {
        let latin = try rows(Array("a,Gr".utf8) + [0xFC] + Array("n\nb,M".utf8) + [0xFC] + Array("ller\nc,d\n".utf8))
        #expect(latin.encoding == .utf8)
        #expect(
            latin.rows.map(\.problem) == [
                .invalidText(column: 2, byte: 3), .invalidText(column: 2, byte: 2), nil,
            ]
        )
    }

    @Test("a long file that begins with ASCII only is judged by what comes later")
    func lateText() throws {
        var bytes = [UInt8](repeating: 0x61, count: 5_000_000)
        for index in stride(from: 99, to: bytes.count, by: 100) { bytes[index] = 0x0A }
        bytes += [0xD5, 0xC5, 0xC8, 0xFD, 0x0A]
        let file = try TemporaryFile(bytes: bytes)
        var reader = try CSVReader(path: file.path)
        #expect(reader.encoding == .gb18030)
        var row = CSVRow()
        var last = ""
        while try reader.next(&row) { last = row.string(0) }
        #expect(last == "张三")
    }

    @Test("a GB18030 file is read the same in chunks, wherever they cut a character", arguments: [0, 1, 2, 3])
    func chineseChunks(shift: Int) throws {
        // 𠮷 is four bytes, 张 is two.
        var bytes = [UInt8](repeating: 0x61, count: shift) + [0x0A]
        for _ in 0..<60_000 { bytes += [0x95, 0x34, 0xB2, 0x35, 0xD5, 0xC5, 0x0A] }
        let file = try TemporaryFile(bytes: bytes)
        var reader = try CSVReader(path: file.path)
        var row = CSVRow()
        if shift > 0 { #expect(try reader.next(&row)) }
        var count = 0
        var wrong = 0
        while try reader.next(&row) {
            count += 1
            if row.string(0) != "𠮷张" || row.problem != nil { wrong += 1 }
        }
        #expect(count == 60_000)
        #expect(wrong == 0)
    }
}
