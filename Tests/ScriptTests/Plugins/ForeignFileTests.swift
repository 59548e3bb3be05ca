import CRMPlatform
import Foundation
import TestSupport
import Testing

/// A file that comes from somebody else: it may not reach into this machine, and changed code does not run.
@Suite("Files from elsewhere")
struct ForeignFileTests {
    private let folder: ScratchFolder
    private let options: PlatformOptions

    init() throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.stateFolder = folder.path + "/state"
        self.options = options
    }

    private func files(_ label: String) -> [String: String] {
        [
            "objects/item.json": """
            {"name": "item", "label": "\(label)", "title_field": "name",
             "fields": [{"name": "name", "type": "text", "label": "Name"}]}
            """,
            "main.lua": "crm.on('item', 'before_save', function(rec) rec.name = rec.name .. '!' end)",
        ]
    }

    private func open(_ options: PlatformOptions) throws -> Platform {
        try Platform.open(at: folder.path + "/a.crm", options: options)
    }

    private func create(_ platform: Platform) throws {
        try platform.write(as: .administrator, origin: .library) { session in
            var input = RecordInput()
            input.append(TestSupport.field("name"), .text("x"))
            _ = try session.create(TestSupport.object("item"), input)
        }
    }

    private func edit(_ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", folder.path + "/a.crm", sql]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("a link is followed where it was made, and nowhere else until it is made again")
    func links() throws {
        let plugin = try folder.plugin("demo", files("One"))
        let made = try Platform.create(at: folder.path + "/a.crm", options: options)
        try made.linkPlugin(folder: plugin)
        try made.close()
        _ = try folder.plugin("demo", files("Two two"))
        let here = try open(options)
        #expect(try here.plugins.first?.loadError == nil)
        #expect(try here.catalog.sortedObjects.first?.label.text(in: .en) == "Two two")
        try here.close()

        _ = try folder.plugin("demo", files("Three three"))
        var elsewhere = options
        elsewhere.stateFolder = folder.path + "/other-state"
        let there = try open(elsewhere)
        #expect(try there.catalog.sortedObjects.first?.label.text(in: .en) == "Two two")
        let error = try #require(try there.plugins.first?.loadError)
        #expect(error.message.text(in: .en).contains("was not linked on this machine"))
        #expect(error.message.text(in: .en).contains("plugin link"))
        #expect(try there.check().contains { $0.severity == .warning })
        try there.linkPlugin(folder: plugin)
        #expect(try there.plugins.first?.loadError == nil)
        #expect(try there.catalog.sortedObjects.first?.label.text(in: .en) == "Three three")
        try there.close()
    }

    @Test("a file that names another folder for a link that was made here is not followed there")
    func changedPath() throws {
        let made = try Platform.create(at: folder.path + "/a.crm", options: options)
        try made.linkPlugin(folder: folder.plugin("demo", files("One")))
        try made.close()
        for path in ["/", "/proc", folder.path] {
            try edit("UPDATE crmPlugin SET linkPath='\(path)'")
            let platform = try open(options)
            #expect(try platform.plugins.first?.loadError?.message.text(in: .en).contains("not linked") == true)
            try platform.close()
        }
    }

    @Test("a folder of something else is refused at once", arguments: ["/", "/proc", "/sys"])
    func hugeFolders(_ path: String) throws {
        let platform = try Platform.create(at: folder.path + "/a.crm", options: options)
        #expect(throws: PlatformError.self) { try platform.linkPlugin(folder: path) }
        try platform.close()
    }

    @Test("code that was changed in the file does not run, check names it, and a new installation heals it")
    func changedCode() throws {
        let plugin = try folder.plugin("demo", files("One"))
        let made = try Platform.create(at: folder.path + "/a.crm", options: options)
        try made.installPlugin(.folder(plugin))
        try create(made)
        try made.close()
        try edit(
            "UPDATE crmPluginFile SET content=CAST(replace(CAST(content AS TEXT), '!', '?') AS BLOB) WHERE path='main.lua'"
        )
        let platform = try open(options)
        let error = #expect(throws: PlatformError.self) { try create(platform) }
        #expect(error?.code == .invalidPlugin)
        #expect(error?.message.text(in: .en).contains("main.lua") == true)
        #expect(
            try platform.check().contains { $0.severity == .error && $0.message.text(in: .en).contains("main.lua") }
        )
        // It can be read, and what was changed cannot be made right by unlinking.
        #expect(throws: PlatformError.self) { try platform.unlinkPlugin(#require(PluginID(rawValue: "demo"))) }
        try platform.installPlugin(.folder(plugin))
        try create(platform)
        #expect(try platform.check().isEmpty)
        try platform.close()
    }
}
