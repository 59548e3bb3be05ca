import CRMPlatform
import Foundation
import Testing

@Suite("A file that two programs have open")
struct SharedFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crm-\(UUID().uuidString)")

    /// A plugin folder with one object, `note`.
    private func plugin() throws -> String {
        let plugin = folder.appendingPathComponent("notes")
        let objects = plugin.appendingPathComponent("objects")
        try FileManager.default.createDirectory(at: objects, withIntermediateDirectories: true)
        try Data(#"{"id":"notes","version":"1.0.0","api":1,"type":"module","title":"Notes"}"#.utf8)
            .write(to: plugin.appendingPathComponent("plugin.json"))
        let object = #"{"name":"note","label":"Note","fields":[{"name":"name","type":"text","label":"Name"}]}"#
        try Data(object.utf8).write(to: objects.appendingPathComponent("note.json"))
        return plugin.path
    }

    @Test("the catalog shows what another program has installed since")
    func catalog() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = try plugin()
        let file = folder.appendingPathComponent("shared.crm").path
        let first = try Platform.create(at: file)
        let second = try Platform.open(at: file)
        #expect(try first.catalog.sortedObjects.isEmpty)
        try second.installPlugin(.folder(source))
        #expect(try first.catalog.sortedObjects.map(\.name.rawValue) == ["note"])
        try first.close()
        try second.close()
    }
}
