internal import Foundation

/// A file or a buffer as chunks of UTF-8, whatever its encoding.
///
/// Bytes that are no text in the encoding come out as the byte 0xFF, which is never valid: whoever reads the chunks
/// refuses the row they stand in.
struct TextChunks: Sendable {
    private enum Source: Sendable {
        case memory([UInt8])
        case file(FileHandle)
    }

    private static let chunkSize = 1 << 18

    let encoding: TextEncoding
    /// How many bytes of the file have been read.
    private(set) var bytesRead: Int
    /// How many bytes there are in all; nil when the file does not say.
    let totalBytes: Int?

    private let isStopped: @Sendable () -> Bool
    private var source: Source
    private var carried: [UInt8] = []

    init(bytes: [UInt8], encoding: TextEncoding?) throws(CSVError) {
        let detection = try TextEncodingDetection(sample: bytes, isWholeFile: true)
        self.encoding = encoding ?? detection.encoding
        let mark = self.encoding == detection.encoding ? detection.byteOrderMark : 0
        totalBytes = bytes.count
        bytesRead = mark
        isStopped = { false }
        source = .memory(mark == 0 ? bytes : Array(bytes.dropFirst(mark)))
    }

    /// Opens a file; `isStopped` is asked before each piece that is read.
    init(
        path: String,
        encoding: TextEncoding?,
        isStopped: @escaping @Sendable () -> Bool
    ) throws(CSVError) {
        self.isStopped = isStopped
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let sample = try Self.sample(of: handle, isStopped)
            let detection = try TextEncodingDetection(sample: sample.bytes, isWholeFile: sample.isWhole)
            self.encoding = encoding ?? detection.encoding
            totalBytes = try Int(exactly: handle.seekToEnd())
            bytesRead = self.encoding == detection.encoding ? detection.byteOrderMark : 0
            try handle.seek(toOffset: UInt64(bytesRead))
            source = .file(handle)
        } catch let error as CSVError {
            throw error
        } catch {
            throw .unreadable(FileReadingProblem.number(error))
        }
    }

    /// The beginning of a file, or, when it is long and begins with plain ASCII, four megabytes from where that ends.
    private static func sample(
        of handle: FileHandle,
        _ isStopped: () -> Bool
    ) throws -> (bytes: [UInt8], isWhole: Bool) {
        let length = 1 << 22
        var bytes = try [UInt8](handle.read(upToCount: length) ?? Data())
        guard bytes.count == length else { return (bytes, true) }
        while bytes.allSatisfy({ $0 < 0x80 }) {
            if isStopped() { throw CSVError.stopped }
            let next = try [UInt8](handle.read(upToCount: length) ?? Data())
            guard !next.isEmpty else { return (bytes, true) }
            bytes = next
        }
        if let first = bytes.firstIndex(where: { $0 >= 0x80 }), first > 0 {
            bytes += try [UInt8](handle.read(upToCount: first) ?? Data())
        }
        return (bytes, false)
    }

    /// Replaces the chunk by the next one; false at the end, when the chunk is left empty.
    mutating func next(into chunk: inout [UInt8]) throws(CSVError) -> Bool {
        while true {
            var raw: [UInt8]
            switch source {
            case .memory(let bytes):
                source = .memory([])
                raw = bytes
            case .file(let handle):
                if isStopped() { throw .stopped }
                do {
                    raw = try [UInt8](handle.read(upToCount: Self.chunkSize) ?? Data())
                } catch {
                    throw .unreadable(FileReadingProblem.number(error))
                }
            }
            bytesRead += raw.count
            if bytesRead == totalBytes { dropEndSigns(of: &raw) }
            let isLast = raw.isEmpty
            if encoding == .utf8 {
                chunk = raw
                return !isLast
            }
            chunk.removeAll(keepingCapacity: true)
            if isLast, carried.isEmpty { return false }
            let input = carried + raw
            carried = []
            let used = input.withUnsafeBufferPointer { decode($0, into: &chunk) }
            if isLast {
                // What is left is half a character.
                if used < input.count { chunk.append(0xFF) }
                return true
            }
            carried = Array(input[used...])
            if !chunk.isEmpty { return true }
        }
    }

    /// Takes away the sign (0x1A) with which programs of DOS end a text file.
    private func dropEndSigns(of raw: inout [UInt8]) {
        guard encoding == .utf8 || encoding == .gb18030 else { return }
        while raw.last == 0x1A { raw.removeLast() }
    }

    /// Decodes as much as is complete and gives back how many bytes that was.
    private func decode(_ input: UnsafeBufferPointer<UInt8>, into chunk: inout [UInt8]) -> Int {
        switch encoding {
        case .utf8:
            chunk.append(contentsOf: input)
            return input.count
        case .utf16LittleEndian: return decodeUTF16(input, low: 0, high: 1, into: &chunk)
        case .utf16BigEndian: return decodeUTF16(input, low: 1, high: 0, into: &chunk)
        case .gb18030: return decodeGB18030(input, into: &chunk)
        }
    }

    private func decodeUTF16(
        _ input: UnsafeBufferPointer<UInt8>,
        low: Int,
        high: Int,
        into chunk: inout [UInt8]
    ) -> Int {
        chunk.reserveCapacity(input.count * 3 / 2)
        func unit(_ index: Int) -> UInt32 { UInt32(input[index + low]) | UInt32(input[index + high]) << 8 }
        var index = 0
        while index + 1 < input.count {
            let first = unit(index)
            index += 2
            if first < 0x80 {
                chunk.append(UInt8(first))
                continue
            }
            var value = first
            if first & 0xFC00 == 0xD800 {
                guard index + 1 < input.count else { return index - 2 }
                let second = unit(index)
                if second & 0xFC00 == 0xDC00 {
                    value = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
                    index += 2
                }
            }
            if let scalar = Unicode.Scalar(value) {
                chunk.append(contentsOf: UTF8.encode(scalar) ?? .init())
            } else {
                chunk.append(0xFF)
            }
        }
        return index
    }

    private func decodeGB18030(_ input: UnsafeBufferPointer<UInt8>, into chunk: inout [UInt8]) -> Int {
        chunk.reserveCapacity(input.count * 3 / 2)
        var start = 0
        var index = 0
        while index < input.count {
            switch GB18030.length(input, at: index) {
            case .complete(let count): index += count
            case .incomplete:
                append(input[start..<index], to: &chunk)
                return index
            case .invalid:
                append(input[start..<index], to: &chunk)
                chunk.append(0xFF)
                index += 1
                start = index
            }
        }
        append(input[start..<index], to: &chunk)
        return index
    }

    /// Appends complete GB18030 characters as UTF-8; those without a meaning as 0xFF.
    private func append(_ slice: Slice<UnsafeBufferPointer<UInt8>>, to chunk: inout [UInt8]) {
        guard !slice.isEmpty else { return }
        // 0x80000632 is GB 18030 among Foundation's encodings.
        if let text = String(bytes: slice, encoding: String.Encoding(rawValue: 0x8000_0632)) {
            chunk.append(contentsOf: text.utf8)
            return
        }
        guard slice.count > 4 || slice.contains(where: { $0 < 0x80 }) else {
            chunk.append(0xFF)
            return
        }
        // One character has no meaning: halve until it stands alone.
        let whole = UnsafeBufferPointer(rebasing: slice)
        var middle = 0
        while middle < whole.count / 2 {
            guard case .complete(let count) = GB18030.length(whole, at: middle) else { break }
            middle += count
        }
        guard middle > 0, middle < whole.count else {
            chunk.append(0xFF)
            return
        }
        append(slice[slice.startIndex..<slice.startIndex + middle], to: &chunk)
        append(slice[(slice.startIndex + middle)...], to: &chunk)
    }
}
