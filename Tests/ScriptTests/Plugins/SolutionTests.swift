import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// The packaged solutions of the repository, side by side in one file.
@Suite("Solutions of the repository")
struct SolutionTests {
    /// The plugins of type `solution`.
    static let solutions = PluginConformanceTests.names.filter { name in
        (try? PluginPackage(folder: Repository.path("plugins/\(name)")))?.manifest.kind == .solution
    }

    @Test("there are several") func several() { #expect(Self.solutions.count >= 3) }

    @Test("all live in one file; each goes and leaves the others whole, and comes back as it was")
    func together() throws {
        let platform = try Platform.inMemory()
        for name in Self.solutions {
            try platform.installPlugin(.folder(Repository.path("plugins/\(name)")))
        }
        let all = try Self.contents(platform)
        for name in Self.solutions {
            let id = try #require(PluginID(rawValue: name))
            let alone = try Platform.inMemory()
            for other in Self.solutions where other != name {
                try alone.installPlugin(.folder(Repository.path("plugins/\(other)")))
            }
            _ = try platform.uninstallPlugin(id)
            #expect(try Self.contents(platform) == Self.contents(alone), "without \(name)")
            #expect(try platform.check().map { $0.message.text(in: .en) } == [], "without \(name)")
            try platform.installPlugin(.folder(Repository.path("plugins/\(name)")))
            let again = try Self.contents(platform)
            #expect(again.difference(from: all).isEmpty, "with \(name) again: \(again.difference(from: all))")
        }
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
    }

    @Test("what a solution needs does not leave before it", arguments: solutions)
    func needed(_ name: String) throws {
        let platform = try Platform.inMemory()
        try platform.installPlugin(.folder(Repository.path("plugins/\(name)")))
        for package in try PluginFolders.needed(Repository.path("plugins/\(name)")) {
            #expect(throws: PlatformError.self) { try platform.uninstallPlugin(package.manifest.id) }
        }
    }

    @Test("no Swift file names one") func unnamed() throws {
        let words = Self.solutions.map { $0.lowercased() }
        var seen = 0
        for folder in ["Sources", "Tests", "Benchmarks"] {
            let root = URL(fileURLWithPath: Repository.path(folder)).resolvingSymlinksInPath().path
            for path in FileManager.default.enumerator(atPath: root)?.compactMap({ $0 as? String }) ?? [] {
                guard path.hasSuffix(".swift"), !path.contains(".build") else { continue }
                seen += 1
                let text = String(decoding: try Repository.bytes("\(folder)/\(path)"), as: UTF8.self).lowercased()
                let found = Set(text.split { !$0.isLetter }.map(String.init)).intersection(words)
                #expect(found == [], "\(folder)/\(path)")
            }
        }
        #expect(seen > 200)
    }

    /// Everything that plugins make: objects with fields, dictionaries with options, what they register, and the
    /// number of records of each object.
    private static func contents(_ platform: Platform) throws -> [String] {
        let catalog = try platform.catalog
        var lines = catalog.sortedObjects.flatMap { object in object.fields.map { "\(object.name).\($0.name)" } }
        lines += try platform.read(as: .administrator) { session in
            var counts: [String] = []
            for object in session.catalog.sortedObjects {
                counts.append("\(object.name): \(try session.count(object.name))")
            }
            return counts
        }
        for dictionary in catalog.dictionaries.values {
            lines += dictionary.options.map { "\(dictionary.name): \($0.value)" }
        }
        lines += try platform.reports.map { "report \($0.name)" }
        lines += try platform.commands.map { "command \($0.name)" }
        lines += try platform.printTemplates.map { "print \($0.name)" }
        return lines.sorted()
    }
}
