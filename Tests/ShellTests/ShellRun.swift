import CRMPlatform
import Foundation

/// A folder of its own for one test, with a small plugin in it; removed when the test lets go of it.
final class ShellFolder {
    /// The folder.
    let path: String

    /// Makes the folder.
    init() throws {
        path = NSTemporaryDirectory() + "crm-shell-test-" + UUID().uuidString
        for (name, text) in Self.plugin { try write(text, to: "small/" + name) }
    }

    /// Writes a file.
    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: url)
    }

    /// Removes a file or a folder with what is in it.
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

    /// The text of a file.
    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static let plugin = [
        "plugin.json": """
        {"id": "small", "version": "1.0.0", "api": 1, "type": "module",
         "title": {"zh-CN": "小插件", "zh-TW": "小外掛", "en": "Small"}}
        """,
        "objects/customer.json": """
        {"name": "customer", "label": {"zh-CN": "客户", "zh-TW": "客戶", "en": "Customer"}, "title_field": "name",
         "fields": [
           {"name": "name", "type": "text", "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"},
            "required": true, "searchable": true},
           {"name": "grade", "type": "picklist", "label": {"zh-CN": "等级", "zh-TW": "等級", "en": "Grade"},
            "dictionary": "grade"}
         ]}
        """,
        "dictionaries/grade.json": """
        {"name": "grade", "label": {"zh-CN": "等级", "zh-TW": "等級", "en": "Grade"}, "options": [
          {"value": "A", "label": {"zh-CN": "重点", "zh-TW": "重點", "en": "Key"}},
          {"value": "B", "label": {"zh-CN": "一般", "zh-TW": "一般", "en": "Normal"}}]}
        """,
        "layouts/customer/list.json": """
        {"columns": ["name", "grade"], "sort": [{"field": "id", "descending": false}]}
        """,
        "main.lua": "",
    ]
}

/// One run of the executable that was built beside the tests.
struct ShellRun {
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let errors: String
    /// Its exit status.
    let status: Int32

    /// Runs the executable in a folder until it ends.
    init(_ arguments: [String], in folder: ShellFolder, input: String = "", language: String = "zh-CN") throws {
        let process = try ShellProcessHandle(arguments, in: folder, language: language)
        process.send(input)
        (output, errors, status) = process.wait()
    }
}

/// A running executable.
final class ShellProcessHandle {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errors = Pipe()
    private var complained = ""

    /// Where the executable lies: beside the test bundle.
    static var executable: URL {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = [own, CommandLine.arguments.first ?? "", Bundle.main.bundlePath].map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("crm-shell")
        }
        return beside.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? beside[0]
    }

    /// Starts the executable.
    init(_ arguments: [String], in folder: ShellFolder, language: String = "zh-CN") throws {
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = [
            "CRM_LANG": language, "HOME": folder.path, "PATH": "/usr/bin:/bin", "CRM_PLUGINS": folder.path,
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    /// Hands over standard input, to its end.
    func send(_ text: String) {
        // A process that ends without reading leaves a broken pipe behind, which is no fault here.
        try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? input.fileHandleForWriting.close()
    }

    /// Writes to standard input, which goes on.
    func write(_ text: String) { try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Waits until standard output has said `text`.
    func waitForOutput(_ text: String) -> Bool { Self.wait(for: text, in: output) != nil }

    /// Waits until standard error has said `text`.
    func waitForComplaint(_ text: String) -> Bool {
        guard let seen = Self.wait(for: text, in: errors) else { return false }
        complained += seen
        return true
    }

    private static func wait(for text: String, in pipe: Pipe) -> String? {
        var seen = Data()
        while true {
            let piece = pipe.fileHandleForReading.availableData
            if piece.isEmpty { return nil }
            seen.append(piece)
            let read = String(decoding: seen, as: UTF8.self)
            if read.contains(text) { return read }
        }
    }

    /// Sends a signal.
    func send(signal number: Int32) { kill(process.processIdentifier, number) }

    /// Presses Ctrl-C.
    func interrupt() { process.interrupt() }

    /// Waits for the end.
    func wait() -> (output: String, errors: String, status: Int32) {
        let written = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            String(decoding: written, as: UTF8.self), complained + String(decoding: complaints, as: UTF8.self),
            process.terminationStatus
        )
    }
}
