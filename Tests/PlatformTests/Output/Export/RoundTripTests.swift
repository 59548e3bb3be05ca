import CRMModel
import CRMOutput
import CRMRecords
import Foundation
import Testing

/// Whatever can be saved comes back the same through the files that an export writes.
@Suite("Values through files and back")
struct RoundTripTests {
    /// A generator of one's own, so that every run tries the same texts.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    /// Pieces that mean something to readers of files.
    private static let pieces = [
        "#N/A", "#REF!", "#n/a", "#DIV/0!", "[!cut_off D6] ", "[!error D6] #N/A", "[!too_long 2 1024] ", "[!x] ", "[",
        "]",
        "'", "''", "=", "+", "-", "@", "=1+1", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "\u{3000}",
        "\u{A0}",
        "\u{FEFF}", "\u{200B}", "sep=;", "1", "007", "1E5", "12.50", "5%", "¥100", "TRUE", "2026-11-21", "_x000D_",
        "_x0041_", "_x0041_x0042_",
        "@k3f9a2bc", "contact/1 v1 00000000 @k3f9a2bc", "甲", "é", "e\u{301}", "👩‍👩‍👧", "\u{1}", "\u{7F}", "\u{FFFE}", "<b>",
        "&amp;",
        "]]>", "\\", "\\n", "null", "/", "|", "＃Ｎ／Ａ", "＝1", "\u{202E}",
    ]

    private func texts(_ count: Int) -> [String] {
        var numbers = Numbers(state: 20_261_130)
        return Self.pieces
            + (0..<count).map { _ in
                (0..<Int.random(in: 2...5, using: &numbers)).map { _ in
                    Self.pieces.randomElement(using: &numbers) ?? ""
                }.joined()
            }
    }

    private func bytes(_ fixture: ImportFixture, _ format: Exporter.Format, _ style: Exporter.Style) throws -> [UInt8] {
        let formatter = ValueFormatter(catalog: fixture.catalog, language: .zhCN, timeZone: .gmt)
        let exporter = try Exporter(object: fixture.object, style: style, formatter: formatter)
        var bytes: [UInt8] = []
        try fixture.batch { session throws(PlatformError) in
            do {
                let query = Query(object: fixture.object.name, sort: [SortKey(field: "id")])
                _ = try exporter.run(query, as: format, in: session) { bytes += $0 }
            } catch {
                throw error as? PlatformError ?? PlatformError(.internal, Message(custom: LocalizedText("\(error)")))
            }
        }
        return bytes
    }

    @Test(
        "every value that is saved comes back byte for byte, in CSV and in workbooks, for imports and for people",
        arguments: [false, true],
        [Exporter.Style.exact, .people]
    )
    func everyValue(isWorkbook: Bool, style: Exporter.Style) throws {
        let first = try ImportFixture()
        var refused = 0
        try first.batch { session throws(PlatformError) in
            for (index, text) in texts(600).enumerated() {
                var input = RecordInput()
                input[ImportFixture.name("name")] = .text("n\(index)")
                input[ImportFixture.name(index % 2 == 0 ? "email" : "note")] = .value(.text(text))
                input[ImportFixture.name("code")] = .value(.text(text))
                do throws(PlatformError) {
                    _ = try session.create(first.object.name, input)
                } catch {
                    guard error.code == .validationFailed else { throw error }
                    refused += 1
                }
            }
        }
        let before = try first.records()
        #expect(before.count > 400, "\(refused)")
        let second = try ImportFixture()
        let file = try bytes(first, isWorkbook ? .xlsx : .csv(byteOrderMark: true), style)
        let summary = try second.importBytes(file)
        #expect(summary.failed == 0, "\(summary.text(in: .en, problemLimit: 5))")
        let after = try second.records()
        #expect(after.count == before.count)
        for (old, new) in zip(before, after) {
            for (old, new) in zip(old.values.dropFirst(6), new.values.dropFirst(6)) {
                let isSame = Array(old.displayText.utf8) == Array(new.displayText.utf8) && old.isNull == new.isNull
                #expect(isSame, "\(old.displayText.debugDescription) → \(new.displayText.debugDescription)")
            }
        }
    }

    @Test("a file of refused rows keeps what its cells mean, whatever they look like")
    func refusedRows() throws {
        let first = try ImportFixture()
        let odd = ["'=1+1", "=1+1", "'#N/A", "'[!cut_off D6] x", "''=1", "plain"]
        let rows = odd.map { "a,\"\($0)\",x\n" }.joined()
        let direct = try ImportFixture()
        try direct.importText("name,note\n" + odd.map { "a,\"\($0)\"\n" }.joined())
        var file: [UInt8] = []
        let summary = try first.importText("name,note,birthday\n" + rows, errorFile: { file += $0 })
        #expect(summary.failed == odd.count)
        let mended = String(decoding: file, as: UTF8.self).replacing(",x\r\n", with: ",\r\n")
        #expect(try first.importText(mended).created == odd.count)
        #expect(try first.texts("note") == direct.texts("note"))
        #expect(try direct.texts("note") == ["=1+1", "=1+1", "#N/A", "[!cut_off D6] x", "'=1", "plain"])
    }
}
