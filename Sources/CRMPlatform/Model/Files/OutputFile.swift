import CRMConcurrency
import Foundation

/// A file that a command makes for people.
///
/// It is written apart, in the folder where it will lie, and appears under its name only when it is complete: until then
/// what stands there stays as it is, and when it is let go before ``publish()`` nothing is left. ``OutputPlace`` says
/// where a file may be put, and what is never overwritten.
public final class OutputFile: Sendable {
    /// The path as it was written, for messages.
    public var name: String { place.name }
    /// Where the file lies until it is published, for libraries that write files by themselves.
    public let unfinishedPath: String

    private let place: OutputPlace
    private let overwriting: Overwriting
    private let inputs: [String]
    private let mayBeDatabase: Bool
    private let descriptor: Guarded<Int32?>

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: Where it shall lie.
    ///   - overwriting: When a file that stands there may be overwritten.
    ///   - inputs: The paths of what the command reads.
    ///   - isPrivate: Whether only its owner may read the new file, as is right for whatever holds a company's data. A
    ///     file that replaces another one keeps that one's rights.
    /// - Throws: as ``OutputPlace/init(_:overwriting:reading:)``.
    public convenience init(
        _ path: String,
        overwriting: Overwriting = .never,
        reading inputs: [String] = [],
        isPrivate: Bool = true
    ) throws(PlatformError) {
        try self.init(path, overwriting: overwriting, reading: inputs, isPrivate: isPrivate, mayBeDatabase: false)
    }

    /// As the public initialiser; `mayBeDatabase` is for copies of data files alone, which may replace older ones.
    package init(
        _ path: String,
        overwriting: Overwriting,
        reading inputs: [String],
        isPrivate: Bool,
        mayBeDatabase: Bool
    ) throws(PlatformError) {
        let place = try OutputPlace(path, overwriting: overwriting, reading: inputs, mayBeDatabase: mayBeDatabase)
        self.place = place
        self.overwriting = overwriting
        self.inputs = inputs
        self.mayBeDatabase = mayBeDatabase
        UnfinishedFiles.sweep(place.folder)
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        unfinishedPath = place.folder + "/" + UnfinishedFiles.name(random)
        let opened = open(
            unfinishedPath,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
            isPrivate || place.existing != nil ? 0o600 : 0o666
        )
        guard opened >= 0 else { throw Self.unwritable(path, errno) }
        UnfinishedFiles.begun(unfinishedPath)
        UnfinishedFiles.hold(opened)
        descriptor = Guarded(opened)
        if let existing = place.existing { Self.takeRights(of: existing, opened) }
    }

    /// Writes a whole file.
    ///
    /// - Throws: as ``init(_:overwriting:reading:isPrivate:)``; `storage` with the reason.
    public static func write(
        _ bytes: [UInt8],
        to path: String,
        overwriting: Overwriting = .never,
        reading inputs: [String] = [],
        isPrivate: Bool = true
    ) throws(PlatformError) {
        let file = try OutputFile(path, overwriting: overwriting, reading: inputs, isPrivate: isPrivate)
        try file.write(bytes)
        try file.publish()
    }

    /// Appends bytes.
    ///
    /// - Throws: `storage` with the reason.
    public func write(_ bytes: [UInt8]) throws(PlatformError) {
        let failure = descriptor.withLock { descriptor -> Int32 in
            guard let descriptor else { return EBADF }
            var offset = 0
            while offset < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    Foundation.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                }
                if count < 0, errno != EINTR { return errno }
                offset += max(count, 0)
            }
            return 0
        }
        if failure != 0 { throw Self.unwritable(name, failure) }
    }

    /// Gives the file its name, once all of it is on the disk.
    ///
    /// - Throws: as ``init(_:overwriting:reading:isPrivate:)``, of what has come to stand there meanwhile; `storage` with
    ///   the reason. Nothing is left then.
    public func publish() throws(PlatformError) {
        // It stays held until it has its name.
        var holder: Int32 = -1
        defer { if holder >= 0 { close(holder) } }
        let failure = descriptor.withLock { descriptor -> Int32 in
            guard let open = descriptor else { return EBADF }
            holder = dup(open)
            let isSafe = fsync(open) == 0
            let number = errno
            descriptor = nil
            guard close(open) == 0 else { return errno }
            return isSafe ? 0 : number
        }
        if failure != 0 { throw Self.unwritable(name, failure) }
        let now = try OutputPlace(name, overwriting: overwriting, reading: inputs, mayBeDatabase: mayBeDatabase)
        guard now.path == place.path else { throw Self.unwritable(name, EAGAIN) }
        if now.existing == nil {
            try publishNew()
        } else if rename(unfinishedPath, place.path) != 0 {
            throw Self.unwritable(name, errno)
        }
        Self.settle(place.folder)
    }

    /// Gives a new file its name, which nothing may have taken meanwhile.
    private func publishNew() throws(PlatformError) {
        if link(unfinishedPath, place.path) == 0 {
            unlink(unfinishedPath)
            return
        }
        switch errno {
        case EEXIST: throw PlatformError(.alreadyExists, Message(.outputExists, ["file": .text(name)]))
        case EPERM, EOPNOTSUPP, ENOSYS, EMLINK:
            // A disk that knows no links; that nothing stands there was seen a moment ago.
            guard rename(unfinishedPath, place.path) == 0 else { throw Self.unwritable(name, errno) }
        default: throw Self.unwritable(name, errno)
        }
    }

    /// Makes the names in a folder last; a system that cannot do so loses at most the name of a file.
    package static func settle(_ folder: String) {
        let opened = open(folder, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return }
        fsync(opened)
        close(opened)
    }

    /// Gives a file the owner and the rights of the one that it replaces, and never more.
    private static func takeRights(of existing: OutputPlace.Existing, _ descriptor: Int32) {
        var mode = existing.mode
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_uid != existing.user || status.st_gid != existing.group,
            fchown(descriptor, existing.user, existing.group) != 0, status.st_gid != existing.group
        {
            mode &= 0o707
        }
        fchmod(descriptor, mode)
    }

    /// The error of a file that cannot be written, for a number of the system.
    public static func unwritable(_ name: String, _ number: Int32) -> PlatformError {
        PlatformError(
            .storage,
            Message(.outputUnwritable, ["file": .text(name), "reason": SystemFailure.reason(number)])
        )
    }

    deinit {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
        unlink(unfinishedPath)
        UnfinishedFiles.ended(unfinishedPath)
    }
}

extension MessageKey {
    static let outputUnwritable = MessageKey(
        "output.unwritable",
        zhCN: "写不了文件 {file}：{reason}",
        zhTW: "寫不了檔案 {file}：{reason}",
        en: "The file {file} cannot be written: {reason}"
    )
}
