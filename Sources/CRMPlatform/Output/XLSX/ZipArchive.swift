internal import CRMModel
internal import CZip
internal import Foundation

/// A zip archive that is read member by member; nothing is ever unpacked to disk.
final class ZipArchive {
    /// What is known of a member before it is read.
    struct Member {
        let index: UInt64
        let name: String
        let packedBytes: Int
        let isEncrypted: Bool
    }

    /// The members by their names in lower case: names of parts are compared so.
    let members: [String: Member]

    /// Asked before each piece that is read of a member; the reading ends when it says so.
    fileprivate let isStopped: @Sendable () -> Bool
    private let archive: OpaquePointer
    /// The bytes of an archive in memory, which libzip reads where they lie.
    private let memory: UnsafeMutableRawPointer?

    /// Opens the archive of a file.
    convenience init(
        path: String,
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws(XLSXError) {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &code) else { throw Self.failure(code, errno) }
        try self.init(archive: archive, memory: nil, isStopped)
    }

    /// Opens an archive that is in memory.
    convenience init(bytes: [UInt8]) throws(XLSXError) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        bytes.withUnsafeBytes {
            memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
        }
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(memory, zip_uint64_t(bytes.count), 0, &error) else {
            memory.deallocate()
            throw .damaged(part: nil)
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            memory.deallocate()
            throw Self.failure(zip_error_code_zip(&error), zip_error_code_system(&error))
        }
        try self.init(archive: archive, memory: memory) { false }
    }

    private init(
        archive: OpaquePointer,
        memory: UnsafeMutableRawPointer?,
        _ isStopped: @escaping @Sendable () -> Bool
    ) throws(XLSXError) {
        self.isStopped = isStopped
        self.archive = archive
        self.memory = memory
        do {
            members = try Self.members(of: archive)
        } catch {
            zip_discard(archive)
            memory?.deallocate()
            throw error
        }
    }

    deinit {
        zip_discard(archive)
        memory?.deallocate()
    }

    private static func failure(_ code: Int32, _ number: Int32) -> XLSXError {
        switch code {
        case ZIP_ER_NOENT: .unreadable(ENOENT)
        case ZIP_ER_OPEN, ZIP_ER_READ, ZIP_ER_SEEK: .unreadable(number)
        default: .damaged(part: nil)
        }
    }

    private static func members(of archive: OpaquePointer) throws(XLSXError) -> [String: Member] {
        let count = zip_get_num_entries(archive, 0)
        guard 0...Int64(XLSXLimits.members) ~= count else { throw .damaged(part: nil) }
        var members: [String: Member] = [:]
        for index in 0..<UInt64(count) {
            var stat = zip_stat_t()
            zip_stat_init(&stat)
            guard zip_stat_index(archive, index, 0, &stat) == 0, let text = stat.name else {
                throw .damaged(part: nil)
            }
            // Some writers part folders by backslashes.
            let name = String(cString: text).replacing("\\", with: "/")
            let isEncrypted = stat.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != 0
            let member = Member(
                index: index,
                name: name,
                packedBytes: Int(clamping: stat.comp_size),
                isEncrypted: isEncrypted
            )
            guard members.updateValue(member, forKey: name.lowercased()) == nil else {
                throw .duplicatePart(TextLimits.prefix(name, characters: 200))
            }
        }
        return members
    }

    /// Whether there is a member of that name.
    func contains(_ name: String) -> Bool { members[name.lowercased()] != nil }

    /// Begins to read a member.
    ///
    /// - Throws: `missingPart`, `encrypted`, `damaged`.
    func open(_ name: String, limit: Int) throws(XLSXError) -> ZipMemberReader {
        guard let member = members[name.lowercased()] else {
            throw .missingPart(TextLimits.prefix(name, characters: 200))
        }
        guard !member.isEncrypted else { throw .encrypted }
        guard let file = zip_fopen_index(archive, member.index, 0) else { throw .damaged(part: member.name) }
        return ZipMemberReader(file: file, member: member, limit: limit, archive: self)
    }
}

/// Reads one member of an archive from its beginning to its end, within limits.
final class ZipMemberReader {
    /// The name of the member.
    let name: String
    /// The unpacked bytes read so far.
    private(set) var bytesRead = 0

    private let file: OpaquePointer
    private let limit: Int
    private let packedBytes: Int
    /// Keeps the archive open as long as a member of it is.
    private let archive: ZipArchive

    fileprivate init(file: OpaquePointer, member: ZipArchive.Member, limit: Int, archive: ZipArchive) {
        self.file = file
        self.limit = limit
        self.archive = archive
        name = member.name
        packedBytes = member.packedBytes
    }

    deinit { zip_fclose(file) }

    /// Fills a buffer and says with how many bytes; 0 at the end, when the checksum has been found right.
    ///
    /// - Throws: `stopped`; `damaged`; `tooLarge` when the member unpacks to more than its limit or by more than any real one.
    func read(into buffer: UnsafeMutableRawPointer, count: Int) throws(XLSXError) -> Int {
        if archive.isStopped() { throw .stopped }
        let done = zip_fread(file, buffer, zip_uint64_t(count))
        guard done >= 0 else { throw .damaged(part: name) }
        bytesRead += Int(done)
        let isBomb =
            bytesRead > XLSXLimits.ratioFrom && bytesRead / XLSXLimits.ratio > max(1, packedBytes)
        guard bytesRead <= limit, !isBomb else { throw .tooLarge(part: name, megabytes: bytesRead >> 20) }
        return Int(done)
    }
}
