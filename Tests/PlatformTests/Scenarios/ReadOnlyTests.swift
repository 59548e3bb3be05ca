import CRMPlatform
import Foundation
import TestSupport
import Testing

/// What cannot be written can be read.
@Suite("Where nothing can be written")
struct ReadOnlyTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        let platform = try Platform.create(at: folder.path + "/a.crm")
        let object = """
            {"name": "item", "label": "Item", "title_field": "name",
             "fields": [{"name": "name", "type": "text", "label": "Name", "searchable": true}]}
            """
        try platform.installPlugin(.folder(folder.plugin("items", ["objects/item.json": object])))
        try platform.write(as: .administrator, origin: .library) { session in
            var input = RecordInput()
            input.append(TestSupport.field("name"), .text("Acme"))
            _ = try session.create(TestSupport.object("item"), input)
        }
        try platform.close()
    }

    /// Runs the shell where no file may grow, as on a full disk.
    private func run(_ command: String) throws -> (output: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "ulimit -f 0; exec \"$0\" \(command) 2>&1 | cat", ShellExecutable.url.path]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "CRM_LANG": "en"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, process.terminationStatus)
    }

    @Test("a file is counted, searched, exported and checked where no file can grow, and a save is refused in words")
    func noRoom() throws {
        #expect(try run("count a.crm item").output == "1\n")
        #expect(try run("find a.crm item").output.contains("Acme"))
        #expect(try run("export a.crm item -o -").output.contains("Acme"))
        #expect(try run("check a.crm").output.contains("can only be read"))
        let save = try run("create a.crm item name=B").output
        #expect(save.contains("a.crm") && !save.contains("Created"), "\(save)")
        let platform = try Platform.open(at: folder.path + "/a.crm")
        #expect(try platform.check().isEmpty)
        try platform.close()
    }

    @Test("a search where the index cannot be written says that what was saved last may be missing")
    func search() throws {
        let found = try run("search a.crm Acme")
        #expect(found.status == 0 && found.output.contains("0 records"), "\(found.output)")
        #expect(found.output.contains("the file can only be read here: records saved since the last search"))
        #expect(try run("search a.crm Acme --json").output.contains(#""hits":[],"more":false,"warning":"the file can"#))
        // Once it was searched where it can be written, nothing is missing anywhere.
        let platform = try Platform.open(at: folder.path + "/a.crm")
        let result = try platform.search("Acme", as: .administrator)
        #expect(result.hits.count == 1 && result.warning == nil)
        try platform.close()
        let again = try run("search a.crm Acme").output
        #expect(again.contains("item/1") && !again.contains("only be read"), "\(again)")
    }

    @Test("a new file for which there is no room leaves nothing and can be made later")
    func creation() throws {
        let made = try run("new b.crm").output
        #expect(!made.contains("Made"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("b.crm") }
        #expect(names.filter { $0 != "b.crm-lock" } == [])
        try Platform.create(at: folder.path + "/b.crm").close()
    }

    @Test("a folder that cannot be written can be read", .enabled(if: getuid() != 0 || ReadOnlyTests.canMount))
    func readOnlyFolder() throws {
        chmod(folder.path, 0o500)
        defer { chmod(folder.path, 0o700) }
        if getuid() == 0 {
            // The administrator writes everywhere but where the system has made it impossible.
            let mount = Process()
            mount.executableURL = URL(fileURLWithPath: "/bin/sh")
            mount.arguments = [
                "-c",
                "unshare -m sh -c 'mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && \"$1\" count \"$0/a.crm\" item' \"$0\" \"$1\"",
                folder.path, ShellExecutable.url.path,
            ]
            let output = Pipe()
            mount.standardOutput = output
            try mount.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            mount.waitUntilExit()
            #expect(text == "1\n")
            return
        }
        let platform = try Platform.open(at: folder.path + "/a.crm")
        #expect(try platform.check().allSatisfy { $0.severity == .warning })
        try platform.close()
    }

    /// Whether this process may mount in a place of its own.
    private static let canMount: Bool = {
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        probe.arguments = ["-m", "sh", "-c", "mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp"]
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()
}
