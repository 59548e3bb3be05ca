import CRMPlatform
import Foundation

/// Files and folders that the shell reads and makes at the places people name; what it writes is an `OutputFile`.
enum FileOutput {
    /// The whole text of a file.
    ///
    /// - Throws: `PlatformError` `notFound` or `storage`; `invalidInput` when the file is no UTF-8 text.
    static func readText(_ path: String) throws(PlatformError) -> String {
        try OpenDataFiles.refuse(reading: path)
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { throw PlatformError(.notFound, Message(.shellNoFile, ["file": .text(path)])) }
            throw unreadable(path, errno)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, errno) }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PlatformError(.invalidInput, Message(.shellNotText, ["file": .text(path)]))
        }
        return text
    }

    /// Makes a folder with those above it, unless it is there.
    ///
    /// - Throws: `PlatformError` `storage` with the reason.
    static func makeFolder(_ path: String) throws(PlatformError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part
            if mkdir(made, 0o755) != 0, errno != EEXIST { throw OutputFile.unwritable(path, errno) }
            made += "/"
        }
    }

    private static func unreadable(_ path: String, _ number: Int32) -> PlatformError {
        PlatformError(
            .storage,
            Message(.shellUnreadable, ["file": .text(path), "reason": SystemFailure.reason(number)])
        )
    }
}
