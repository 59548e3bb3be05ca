package import Foundation

/// When a file that stands where a new one is to be is overwritten.
public enum Overwriting: Sendable {
    /// Never: somebody must say so first.
    case never
    /// Only when it is one of the same kind, as its first 64 KB tell.
    case when(@Sendable (_ head: [UInt8]) -> Bool)
    /// Always: somebody has said so.
    case always
}

/// A place where a command may put a file that it makes.
///
/// Whatever the path leads to, and whoever told to overwrite: never what the command reads, never a database or what
/// belongs to one (its log, its shared memory, its lock), never a folder, a device, a pipe or a socket. Files are
/// compared by device and number, so no link makes a difference.
public struct OutputPlace: Sendable {
    /// The path as it was written, for messages.
    public let name: String
    /// The path with links resolved.
    package let path: String
    /// What stands there now, nil when nothing does.
    package let existing: Existing?

    /// A file that stands at a place.
    package struct Existing: Sendable, Hashable {
        /// Which file it is.
        package let identity: FileIdentity
        /// Its rights.
        package let mode: mode_t
        /// Its owner.
        package let user: uid_t
        /// Its group.
        package let group: gid_t
    }

    /// What the platform and its engine keep beside a data file.
    private static let companions = [
        "-wal", "-shm", "-journal", "-lock", ".crm-lock", ".crm-new", ".crm-new-wal", ".crm-new-shm",
        ".crm-new-journal",
    ]

    /// Examines a place; nothing is made yet.
    ///
    /// - Parameters:
    ///   - path: The path as somebody wrote it.
    ///   - overwriting: When a file that stands there may be overwritten.
    ///   - inputs: The paths of what the command reads.
    /// - Throws: `alreadyExists` when a file stands there and is to stay; `invalidInput` when no output may be put there;
    ///   `storage` when the system refuses.
    public init(
        _ path: String,
        overwriting: Overwriting = .never,
        reading inputs: [String] = []
    ) throws(PlatformError) {
        try self.init(path, overwriting: overwriting, reading: inputs, mayBeDatabase: false)
    }

    /// As the public initialiser; `mayBeDatabase` is for copies of data files alone, which may replace older ones.
    package init(
        _ path: String,
        overwriting: Overwriting,
        reading inputs: [String],
        mayBeDatabase: Bool
    ) throws(PlatformError) {
        guard !path.isEmpty else { throw PlatformError(.invalidInput, Message(.outputUnnamed)) }
        name = path
        self.path = try Self.resolve(path)
        let named: [String: Message.Argument] = ["file": .text(path)]
        for suffix in Self.companions where self.path.hasSuffix(suffix) {
            let base = String(self.path.dropLast(suffix.count))
            // An open data file is known by name: it must not be opened and closed once more.
            var isTaken = OpenDataFiles.contain(base)
            if !isTaken { isTaken = try Self.head(of: base, 16, name: path).map(FileHead.isDatabase) ?? false }
            if isTaken {
                throw PlatformError(
                    .invalidInput,
                    Message(
                        .outputCompanion,
                        ["file": .text(path), "company": .text(FilePath.last(base))]
                    )
                )
            }
        }
        var status = stat()
        guard stat(self.path, &status) == 0 else {
            guard errno == ENOENT else { throw OutputFile.unwritable(path, errno) }
            existing = nil
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw OutputFile.unwritable(path, EISDIR)
        default: throw PlatformError(.invalidInput, Message(.outputDevice, named))
        }
        let identity = FileIdentity(status)
        if inputs.contains(where: { FileIdentity(path: $0) == identity }) {
            throw PlatformError(.invalidInput, Message(.outputInput, named))
        }
        guard !OpenDataFiles.contain(self.path) else {
            throw PlatformError(.invalidInput, Message(.outputDatabase, named))
        }
        guard let head = try Self.head(of: self.path, 65_536, name: path) else {
            throw OutputFile.unwritable(path, EACCES)
        }
        if FileHead.isLog(head) || (FileHead.isDatabase(head) && !mayBeDatabase) {
            throw PlatformError(.invalidInput, Message(.outputDatabase, named))
        }
        let isAllowed =
            switch overwriting {
            case .never: false
            case .when(let isOwn): isOwn(head)
            case .always: true
            }
        guard isAllowed else { throw PlatformError(.alreadyExists, Message(.outputExists, named)) }
        existing = Existing(
            identity: identity,
            mode: status.st_mode & 0o777,
            user: status.st_uid,
            group: status.st_gid
        )
    }

    /// Refuses a path that leads to a device, a pipe or a socket, before anything else is said of its name.
    ///
    /// - Throws: `invalidInput`, naming `-o -`.
    public static func refuseDevice(_ path: String) throws(PlatformError) {
        var status = stat()
        guard stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return }
        throw PlatformError(.invalidInput, Message(.outputDevice, ["file": .text(path)]))
    }

    /// The folder.
    package var folder: String { FilePath.folder(path) }

    /// The path through all links; of a file that is not there yet, its folder must be.
    private static func resolve(_ path: String) throws(PlatformError) -> String {
        if let whole = realPath(path) { return whole }
        let number = errno
        // Standard output in a pipe has a name that leads to no place in any folder.
        try refuseDevice(path)
        var status = stat()
        if lstat(path, &status) == 0 {
            // A link that leads nowhere would have the file made wherever it points.
            guard status.st_mode & S_IFMT == S_IFLNK else { throw OutputFile.unwritable(path, number) }
            throw PlatformError(.invalidInput, Message(.outputDanglingLink, ["file": .text(path)]))
        }
        guard number == ENOENT else { throw OutputFile.unwritable(path, number) }
        if path.hasSuffix("/") { throw OutputFile.unwritable(path, EISDIR) }
        let parent = FilePath.folder(path)
        guard let folder = realPath(parent.isEmpty ? "." : parent) else { throw OutputFile.unwritable(path, errno) }
        let last = FilePath.last(path)
        return folder == "/" ? "/" + last : folder + "/" + last
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The first bytes of a regular file; nil when there is none.
    private static func head(of path: String, _ limit: Int, name: String) throws(PlatformError) -> [UInt8]? {
        do {
            return try FileHead.read(path, limit)
        } catch {
            throw OutputFile.unwritable(name, error.number)
        }
    }
}

extension MessageKey {
    static let outputExists = MessageKey(
        "output.exists",
        zhCN: "文件「{file}」已经存在，没有覆盖。要覆盖请加 --force，或换一个文件名",
        zhTW: "檔案「{file}」已經存在，沒有覆寫。要覆寫請加 --force，或換一個檔名",
        en:
            "The file \"{file}\" is there already and was not overwritten. Add --force to overwrite it, or take another name"
    )
    package static let outputUnnamed = MessageKey(
        "output.unnamed",
        zhCN: "没有写文件名：名称是空的",
        zhTW: "沒有寫檔案名稱：名稱是空的",
        en: "No file was named: the name is empty"
    )
    static let outputInput = MessageKey(
        "output.input",
        zhCN: "文件「{file}」正是本次要读取的文件，不能同时写入。请换一个文件名",
        zhTW: "檔案「{file}」正是這次要讀取的檔案，不能同時寫入。請換一個檔名",
        en: "The file \"{file}\" is one that is read here, so nothing can be written into it. Take another name"
    )
    static let outputDatabase = MessageKey(
        "output.database",
        zhCN: "「{file}」是数据文件，不会被输出覆盖。请换一个文件名",
        zhTW: "「{file}」是資料檔案，不會被輸出覆寫。請換一個檔名",
        en: "\"{file}\" is a data file; no output replaces it. Take another name"
    )
    static let outputCompanion = MessageKey(
        "output.companion",
        zhCN: "「{file}」是数据文件「{company}」的日志、锁或其他附属文件的名字，不能用于输出。请换一个文件名",
        zhTW: "「{file}」是資料檔案「{company}」的日誌、鎖或其他附屬檔案的名字，不能用於輸出。請換一個檔名",
        en:
            "\"{file}\" is the name of the log, the lock or another part of the data file \"{company}\"; no output goes there. Take another name"
    )
    static let outputDevice = MessageKey(
        "output.device",
        zhCN: "「{file}」是设备、管道或套接字，不能作为输出文件。要写到标准输出请用 -o -",
        zhTW: "「{file}」是裝置、管道或通訊端，不能作為輸出檔案。要寫到標準輸出請用 -o -",
        en: "\"{file}\" is a device, a pipe or a socket and no place for a file. -o - writes to standard output"
    )
    static let outputDanglingLink = MessageKey(
        "output.dangling_link",
        zhCN: "「{file}」是一个链接，它指向的文件不存在。请直接写出文件名",
        zhTW: "「{file}」是一個連結，它指向的檔案不存在。請直接寫出檔名",
        en: "\"{file}\" is a link to a file that is not there. Name the file itself"
    )
}
