import CRMModel
import Foundation
import Testing

@testable import CRMOutput

@Suite("QR codes")
struct QRCodeTests {
    /// The modules that a drawing shows: as many as its view box is wide, dark where its second path runs.
    private func modules(of svg: String) throws -> QRReader {
        let box = try #require(svg.firstMatch(of: #/viewBox="0 0 (\d+) (\d+)"/#))
        let side = try #require(Int(box.1))
        #expect(box.1 == box.2)
        var dark = [Bool](repeating: false, count: side * side)
        let path = try #require(svg.firstMatch(of: #/<path fill="#000" d="([^"]*)"/#))
        for run in path.1.matches(of: #/M(\d+) (\d+)h(\d+)v1h-(\d+)z/#) {
            let (x, y, length) = (Int(run.1) ?? 0, Int(run.2) ?? 0, Int(run.3) ?? 0)
            #expect(run.3 == run.4)
            for column in x..<x + length { dark[y * side + column] = true }
        }
        // Four modules around the symbol are blank.
        let width = side - 8
        for row in 0..<side {
            for column in 0..<side where row < 4 || column < 4 || row >= side - 4 || column >= side - 4 {
                #expect(!dark[row * side + column])
            }
        }
        let inner = (0..<width).flatMap { row in (0..<width).map { dark[(row + 4) * side + $0 + 4] } }
        return QRReader(width: width, modules: inner)
    }

    private func print(_ page: String, _ data: [String: PrintValue]) throws -> String {
        try PrintTemplate(name: "print/badge/zh-CN.html", source: page).render(.group(data), language: .zhCN).text
    }

    @Test("the standard's example, 01234567 in version 1-M, has the standard's codewords")
    func standard() throws {
        let code = try #require(QRCode("01234567"))
        #expect(code.width == 21)
        let read = try QRReader(width: code.width, modules: code.modules).read()
        // ISO/IEC 18004, annex I: the bit stream padded, then its error correction.
        #expect(
            read.data == [
                0b0001_0000, 0b0010_0000, 0b0000_1100, 0b0101_0110, 0b0110_0001, 0b1000_0000, 0b1110_1100, 0b0001_0001,
                0b1110_1100, 0b0001_0001, 0b1110_1100, 0b0001_0001, 0b1110_1100, 0b0001_0001, 0b1110_1100, 0b0001_0001,
            ]
        )
        #expect(
            read.correction == [
                0b1010_0101, 0b0010_0100, 0b1101_0100, 0b1100_0001, 0b1110_1101, 0b0011_0110, 0b1100_0111, 0b1000_0111,
                0b0010_1100, 0b0101_0101,
            ]
        )
        #expect(read.text == "01234567")
    }

    @Test(
        "a code drawn on a page can be read back",
        arguments: [
            "V2026-00042", "https://crm.example/v/42?x=1&y=2", "会展胸牌-张伟", "小写 and 大写 Ünïcödé 👍", "{{name}}<b>\"'",
            String(repeating: "字", count: 60), String(repeating: "0123456789", count: 40),
        ]
    )
    func readBack(text: String) throws {
        let html = try print("<p>{{qr(code)}}</p>", ["code": .text(text)])
        #expect(try modules(of: html).read().text == text)
    }

    @Test("the drawing is sharp, has a title, and takes its size from the page's style")
    func drawing() throws {
        let html = try print("<p>{{qr(code)}}</p>", ["code": .text("A&B{{x}}<i>")])
        let head = try #require(html.firstMatch(of: #/<p>(<svg [^>]*>)<title>(.*?)</title>/#))
        #expect(head.1.contains(#"class="qr""#))
        #expect(head.1.contains(#"shape-rendering="crispEdges""#))
        #expect(head.1.contains(#"role="img""#))
        #expect(head.1.contains(#"width="30mm" height="30mm""#))
        #expect(head.2 == "A&amp;B&#123;&#123;x}}&lt;i&gt;")
        let many = try print(
            "{{#rows}}{{qr(.)}}{{/rows}}",
            ["rows": .list([.text("A"), .text("BCD"), .value(.integer(7))])]
        )
        #expect(many.matches(of: #/<svg /#).count == 3)
    }

    @Test("nothing is written for an empty text or none")
    func empty() throws {
        #expect(try !print("{{qr(code)}}", ["code": .text("")]).contains("<svg"))
        #expect(try !print("{{qr(code)}}", ["code": .nothing]).contains("<svg"))
        #expect(QRCode("") == nil)
        #expect(QRCode("\u{0}") == nil)
    }

    @Test("a text that is too long is refused with the line of the page")
    func tooLong() throws {
        let longest = String(repeating: "a", count: QRCode.maximumBytes)
        #expect(QRCode(longest)?.width == 177)
        #expect(QRCode(String(repeating: "字", count: 766)) != nil)
        #expect(QRCode(longest + "a") == nil)
        let error = refused("<p>\n  {{qr(code)}}\n</p>", ["code": .text(longest + "a")])
        #expect(error?.context.line == 2)
        #expect(error?.text(in: .zhCN).contains("第 2 行第 3 列") == true)
        #expect(error?.text(in: .zhCN).contains("二维码最多容纳 2300 字节，这段文字有 2301 字节") == true)
    }

    @Test("a code is the whole of a tag", arguments: ["{{upper(qr(code))}}", "{{#qr(code)}}a{{/qr(code)}}"])
    func wholeTag(page: String) throws {
        let error = refused(page, [:])
        #expect(error?.code == .invalidPlugin)
        #expect(error?.text(in: .en).contains("{{qr(…)}}") == true)
    }

    @Test("a list, a group or a flag is not a text")
    func wrongValues() throws {
        for value in [PrintValue.list([.text("a")]), .group([:]), .flag(true)] {
            #expect(refused("{{qr(code)}}", ["code": value])?.text(in: .en).contains("does not fit") == true)
        }
    }

    private func refused(_ page: String, _ data: [String: PrintValue]) -> PlatformError? {
        do {
            _ = try print(page, data)
            return nil
        } catch {
            return error as? PlatformError
        }
    }
}
