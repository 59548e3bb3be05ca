import Foundation

/// A file that a person names to be read as a whole: a script, a mapping.
///
/// Pipes and terminals are read too; neither one that nobody writes nor one without an end keeps whoever asks to stop.
package enum InputFile {
    /// The greatest size of a script, in bytes.
    package static let scriptBytes = 16 << 20

    /// How long one wait for bytes lasts before it is asked whether to stop, in milliseconds.
    private static let waitMilliseconds: Int32 = 50
    private static let pieceBytes = 1 << 16

    /// Reads a file to its end, or until there are more than `limit` bytes, of which one is given back to tell it.
    ///
    /// - Throws: the number of the system when the file cannot be read; `ECANCELED` when `isStopped` said so.
    package static func read(_ path: String, upTo limit: Int, isStopped: () -> Bool) throws(SystemNumber) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SystemNumber(errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while bytes.count <= limit {
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wanted, 1, waitMilliseconds)
            if isStopped() { throw SystemNumber(ECANCELED) }
            guard ready != 0 else { continue }
            let count = Foundation.read(descriptor, &piece, pieceBytes)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else { throw SystemNumber(errno) }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return Array(bytes.prefix(limit + 1))
    }

    /// Whether a path leads to something that the system makes up as it is read, which may wait for ever or never end.
    package static func isMadeUp(_ path: String) -> Bool {
        guard let file = FileIdentity(path: path), let root = FileIdentity(path: "/") else { return false }
        return ["/proc", "/sys", "/sys/kernel/debug", "/sys/kernel/tracing"].contains { place in
            guard let place = FileIdentity(path: place), place.device != root.device else { return false }
            return place.device == file.device
        }
    }

    /// The error of a file that cannot be read, for a number of the system.
    package static func unreadable(_ path: String, _ number: Int32) -> PlatformError {
        guard number != ENOENT else {
            return PlatformError(.notFound, Message(.inputNoFile, ["file": .text(path)]))
        }
        return PlatformError(
            .storage,
            Message(.inputUnreadable, ["file": .text(path), "reason": SystemFailure.reason(number)])
        )
    }

    /// The error of a file that is too large, with its size in megabytes.
    package static func tooLarge(_ path: String, limit: Int) -> PlatformError {
        PlatformError(
            .limitExceeded,
            Message(.inputTooLarge, ["file": .text(path), "limit": .text(String(limit >> 20))])
        )
    }

    /// The error of a reading that was stopped.
    package static var stopped: PlatformError { PlatformError(.cancelled, Message(.inputStopped)) }
}

extension MessageKey {
    static let inputNoFile = MessageKey(
        "input.no_file",
        zhCN: "找不到文件「{file}」",
        zhTW: "找不到檔案「{file}」",
        en: "There is no file \"{file}\""
    )
    static let inputUnreadable = MessageKey(
        "input.unreadable",
        zhCN: "读不了文件「{file}」：{reason}",
        zhTW: "讀不了檔案「{file}」：{reason}",
        en: "The file \"{file}\" cannot be read: {reason}"
    )
    static let inputTooLarge = MessageKey(
        "input.too_large",
        zhCN: "「{file}」超过 {limit} MB，太大了，没有读取",
        zhTW: "「{file}」超過 {limit} MB，太大了，沒有讀取",
        en: "\"{file}\" has more than {limit} MB, which is too much; it was not read"
    )
    static let inputStopped = MessageKey(
        "input.stopped",
        zhCN: "读取已中断",
        zhTW: "讀取已中斷",
        en: "The reading was interrupted"
    )
}
