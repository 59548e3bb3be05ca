import Foundation

/// A folder of its own for one test, removed when the test lets go of it.
public final class ScratchFolder {
    /// The folder.
    public let path: String

    /// Makes the folder.
    public init() throws {
        path = NSTemporaryDirectory() + "crm-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, with the folders above it.
    public func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Writes a plugin, with a plain manifest unless the files bring one, and says where it lies.
    public func plugin(_ id: String = "demo", _ files: [String: String]) throws -> String {
        if files["plugin.json"] == nil {
            try write(
                #"{"id":"\#(id)","version":"1.0.0","api":1,"type":"module","title":"\#(id)"}"#,
                to: "\(id)/plugin.json"
            )
        }
        for (name, text) in files { try write(text, to: "\(id)/\(name)") }
        return path + "/" + id
    }
}

/// The files of the repository that the tests stand in.
public enum Repository {
    /// The path of a file of the repository, such as `plugins/_template`.
    public static func path(_ name: String, from file: String = #filePath) -> String {
        var folder = URL(fileURLWithPath: file)
        while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 { folder.deleteLastPathComponent() }
        return folder.deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// The bytes of a file of the repository.
    public static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// The names in a folder of the repository, sorted.
    public static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
    }
}

/// The executable that is built beside the tests.
public enum ShellExecutable {
    /// Where it lies.
    public static var url: URL {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = [own, CommandLine.arguments.first ?? "", Bundle.main.bundlePath].map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("crm-shell")
        }
        return beside.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? beside[0]
    }
}
