import CRMPlatform
import Foundation

/// Files and folders that the shell reads and makes at the places people name; what it writes is an `OutputFile`.
enum FileOutput {
    /// The whole text of a script.
    ///
    /// - Throws: `PlatformError` `notFound` or `storage`; `invalidInput` when the file is no UTF-8 text; `limitExceeded`;
    ///   `cancelled` after Ctrl-C.
    static func readText(_ path: String) throws(PlatformError) -> String {
        try OpenDataFiles.refuse(reading: path)
        let limit = InputFile.scriptBytes
        let bytes: [UInt8]
        do throws(SystemNumber) {
            bytes = try InputFile.read(path, upTo: limit) { Interruption.shared.isStruck }
        } catch {
            switch error.number {
            case ECANCELED: throw InputFile.stopped
            case ENOENT: throw PlatformError(.notFound, Message(.shellNoFile, ["file": .text(path)]))
            default: throw InputFile.unreadable(path, error.number)
            }
        }
        guard bytes.count <= limit else { throw InputFile.tooLarge(path, limit: limit) }
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
}
