import CRMModel
import CRMOutput
import Foundation
import Testing

@Suite("Hostile print templates")
struct TemplateCorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Corpus/bad-input/template")

    private static let data = PrintValue.group([
        "contact": .group(["name": .text("<b>张伟</b>")]),
        "contacts": .list(Array(repeating: .group(["name": .text("x")]), count: 100)),
        "name": .text("n"),
    ])

    /// What becomes of each file: the text it is written as, or the beginning of the first problem.
    private static let expected: [String: String] = [
        "01_math.txt": "line 1, column 1: \"7*7\" is not a name",
        "03_hidden_field.txt": "",
        "04_include_file.txt": "line 1, column 1: \"../../../etc/passwd\" is not the name of a template",
        "06_loop_bomb.txt": "line 1, column 1: \"each contacts\" is not a name",
        "07_unclosed.txt": "line 1, column 1: \"if a\" is not a name",
        "09_triple.txt": "line 1, column 1: unescaped output of \"contact.name\" is not allowed",
        "10_delimiter_change.txt": "line 1, column 1: the delimiters of tags cannot be changed",
        "12_svg_script.txt": "line 1, column 6: pages cannot have \"onload\"",
        "13_huge_repeat.txt": "line 1, column 1: \"repeat 1000000000\" is not a name",
    ]

    @Test("no file is left without an expectation")
    func complete() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names) == Set(Self.expected.keys))
    }

    @Test("each file is text or an error with its line", arguments: expected.keys.sorted())
    func file(name: String) throws {
        let source = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        let expected = try #require(Self.expected[name])
        let clock = ContinuousClock()
        let start = clock.now
        if expected.isEmpty {
            let output = try PrintTemplate(name: name, source: source).render(Self.data, language: .en)
            #expect(!output.text.contains("张伟"))
            #expect(output.text.contains("default-src 'none'"))
        } else {
            let error = #expect(throws: PlatformError.self) { try PrintTemplate(name: name, source: source) }
            #expect(error?.issues.first?.message.text(in: .en).hasPrefix(expected) == true)
            #expect(error?.context.line == 1)
        }
        #expect(clock.now - start < .seconds(1))
    }

    @Test("hidden fields are named as unknown and nothing is written for them")
    func hiddenFields() throws {
        let source = try String(contentsOf: Self.folder.appendingPathComponent("03_hidden_field.txt"), encoding: .utf8)
        let output = try PrintTemplate(name: "t", source: source).render(Self.data, language: .en)
        #expect(output.warnings.count == 3)
        #expect(output.text.contains("<body>\n  \n"))
    }
}
