import CRMPlatform
import Foundation

/// Files that the shell reads and writes at the places people name.
enum FileOutput {
    /// Writes a whole file, or leaves the old one as it is.
    ///
    /// - Throws: `PlatformError` `storage` with the reason.
    static func write(_ text: String, to path: String) throws(PlatformError) { try write(Array(text.utf8), to: path) }

    /// Writes a whole file, or leaves the old one as it is.
    ///
    /// - Throws: `PlatformError` `storage` with the reason.
    static func write(_ bytes: [UInt8], to path: String) throws(PlatformError) {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw unwritable(path, error)
        }
    }

    /// The whole text of a file.
    ///
    /// - Throws: `PlatformError` `notFound` or `storage`; `invalidInput` when the file is no UTF-8 text.
    static func readText(_ path: String) throws(PlatformError) -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PlatformError(.notFound, Message(.shellNoFile, ["file": .text(path)]))
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw PlatformError(
                .storage,
                Message(.shellUnreadable, ["file": .text(path), "reason": .text(reason(error))]),
                cause: error
            )
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw PlatformError(.invalidInput, Message(.shellNotText, ["file": .text(path)]))
        }
        return text
    }

    /// Makes a folder with those above it, unless it is there.
    ///
    /// - Throws: `PlatformError` `storage` with the reason.
    static func makeFolder(_ path: String) throws(PlatformError) {
        guard !path.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw unwritable(path, error)
        }
    }

    /// The error of a file that cannot be written.
    static func unwritable(_ path: String, _ error: any Error) -> PlatformError {
        PlatformError(
            .storage,
            Message(.shellUnwritable, ["file": .text(path), "reason": .text(reason(error))]),
            cause: error
        )
    }

    private static func reason(_ error: any Error) -> String {
        if let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError,
            underlying.domain == NSPOSIXErrorDomain
        {
            return String(cString: strerror(Int32(truncatingIfNeeded: underlying.code)))
        }
        return error.localizedDescription
    }
}
