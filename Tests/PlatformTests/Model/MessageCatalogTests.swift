import Foundation
import TestSupport
import Testing

/// Every `MessageKey("id", zhCN: …, zhTW: …, en: …)` of the sources, read from their text.
@Suite("All texts of the platform")
struct MessageCatalogTests {
    private struct Key {
        let id: String
        let texts: [String]
        let file: String
    }

    private static func keys() throws -> [Key] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
        let walk = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var keys: [Key] = []
        for case let url as URL in walk where url.pathExtension == "swift" {
            let parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "MessageKey(")
            for part in parts.dropFirst() {
                let start = part.drop { $0.isWhitespace }
                guard start.first == "\"" else { continue }
                let end = start.range(of: "\n    )")?.lowerBound ?? start.firstIndex(of: "\n") ?? start.endIndex
                let text = String(start[..<end])
                guard let zhTW = text.range(of: "zhTW:"),
                    let en = text.range(of: "en:", range: zhTW.upperBound..<text.endIndex)
                else { continue }
                keys.append(
                    Key(
                        id: String(text.dropFirst().prefix { $0 != "\"" }),
                        texts: [
                            String(text[..<zhTW.lowerBound]), String(text[zhTW.upperBound..<en.lowerBound]),
                            String(text[en.upperBound...]),
                        ],
                        file: url.lastPathComponent
                    )
                )
            }
        }
        return keys
    }

    private static func placeholders(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{([a-z_]+)\}/).map { String($0.output.1) })
    }

    @Test("have ids of their own: errors and texts are told apart by them")
    func ids() throws {
        let keys = try Self.keys()
        #expect(keys.count > 500)
        let twice = Dictionary(grouping: keys, by: \.id).filter { $0.value.count > 1 }
        #expect(twice.mapValues { $0.map(\.file) } == [:])
    }

    @Test("say the same things in all three languages: their arguments agree")
    func arguments() throws {
        let differing = try Self.keys().filter { key in
            let sets = key.texts.map(Self.placeholders)
            return sets[0] != sets[1] || sets[1] != sets[2]
        }
        #expect(differing.map { "\($0.file): \($0.id)" } == [])
    }
}
