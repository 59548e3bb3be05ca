internal import Foundation

/// What kind of file rows come in, as its first bytes tell.
enum FileKind {
    /// Text, to be read as CSV.
    case text
    /// A zip archive, to be read as a workbook.
    case workbook

    /// Looks at a file.
    ///
    /// - Throws: `XLSXError` when the file is of a kind that is not read.
    init(path: String) throws(XLSXError) {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let start = try [UInt8](handle.read(upToCount: 512) ?? Data())
            guard Self.isCompound(start) else {
                try self.init(start: start)
                return
            }
            throw Self.compound(start + [UInt8](try handle.read(upToCount: Self.searched) ?? Data()))
        } catch let error as XLSXError {
            throw error
        } catch {
            throw .unreadable(FileReadingProblem.number(error))
        }
    }

    /// Looks at the bytes of a file.
    ///
    /// - Throws: as `init(path:)`.
    init(bytes: [UInt8]) throws(XLSXError) {
        guard !Self.isCompound(bytes) else { throw Self.compound(Array(bytes.prefix(Self.searched))) }
        try self.init(start: Array(bytes.prefix(512)))
    }

    private static let searched = 16 << 20

    private init(start: [UInt8]) throws(XLSXError) {
        let zips: [[UInt8]] = [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 7, 8]]
        if zips.contains(where: { start.starts(with: $0) }) {
            self = .workbook
            return
        }
        // Web pages and XML under the name of a workbook, as many programs export them.
        let visible = start.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        let word = String(decoding: visible.prefix(9), as: UTF8.self).lowercased()
        if ["<html", "<!doctype", "<table", "<?xml"].contains(where: { word.hasPrefix($0) }) { throw .webPage }
        self = .text
    }

    /// The container that workbooks of before 2007 are, and those locked with a password.
    private static func isCompound(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    }

    private static func compound(_ bytes: [UInt8]) -> XLSXError {
        let name = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return Data(bytes).range(of: Data(name)) == nil ? .oldWorkbook : .encrypted
    }
}
