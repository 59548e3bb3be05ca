/// Writes JSON as bytes, without a tree in between.
///
/// The caller keeps the order of the grammar (a key before each value of an object); the writer sets commas, escapes
/// and indentation. Decimals, days and moments are strings, as everywhere in the platform.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8]

    private let pretty: Bool
    private var depth = 0
    private var needsComma = false
    private var followsKey = false

    /// Makes an empty writer; `pretty` writes one member a line, indented by two blanks.
    public init(pretty: Bool = false, capacity: Int = 1024) {
        bytes = []
        bytes.reserveCapacity(capacity)
        self.pretty = pretty
    }

    /// Forgets everything written and keeps the storage.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        depth = 0
        needsComma = false
        followsKey = false
    }

    /// The text written so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    // MARK: - Structure

    /// Writes `{`.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Writes `}`.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Writes `[`.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Writes `]`.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes a key whose bytes need no escape.
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        endKey()
    }

    /// Writes a key.
    @_disfavoredOverload
    public mutating func key(_ name: String) {
        separate()
        quoted(name)
        endKey()
    }

    /// Writes a prepared key; the fastest way when the same keys are written again and again.
    public mutating func key(_ key: JSONKey) {
        let skipped = pretty || !needsComma ? 1 : 0
        if pretty { separate() }
        key.bytes.withUnsafeBufferPointer {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[skipped...]))
        }
        if pretty { bytes.append(0x20) }
        needsComma = false
        followsKey = true
    }

    @inline(__always)
    private mutating func endKey() {
        bytes.append(UInt8(ascii: ":"))
        if pretty { bytes.append(0x20) }
        needsComma = false
        followsKey = true
    }

    private mutating func begin(_ sign: UInt8) {
        separate()
        bytes.append(sign)
        depth += 1
        needsComma = false
    }

    private mutating func end(_ sign: UInt8) {
        depth -= 1
        if pretty, needsComma { newLine() }
        bytes.append(sign)
        needsComma = true
        followsKey = false
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        if pretty, depth > 0, !followsKey { newLine() }
        needsComma = true
        followsKey = false
    }

    private mutating func newLine() {
        bytes.append(0x0A)
        for _ in 0..<max(depth, 0) {
            bytes.append(0x20)
            bytes.append(0x20)
        }
    }

    // MARK: - Values

    /// Writes a text.
    public mutating func string(_ text: String) {
        separate()
        quoted(text)
    }

    /// Writes an integer.
    public mutating func integer(_ number: Int64) {
        separate()
        digits(of: number)
    }

    /// Writes a decimal with all its places, as a string; as a bare number when not `quoted`.
    public mutating func decimal(_ number: FixedDecimal, quoted: Bool = true) {
        separate()
        if quoted { bytes.append(UInt8(ascii: "\"")) }
        number.write(into: &bytes)
        if quoted { bytes.append(UInt8(ascii: "\"")) }
    }

    /// Writes `true` or `false`.
    public mutating func boolean(_ value: Bool) {
        separate()
        let word: StaticString = value ? "true" : "false"
        word.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        let word: StaticString = "null"
        word.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes a day as a string in its ISO form.
    public mutating func date(_ date: CalendarDate) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        date.write(into: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a moment as a string in its ISO form.
    public mutating func instant(_ instant: Instant) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        instant.write(into: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes bytes that are one complete JSON value already.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes a field's value.
    public mutating func value(_ value: Value) {
        switch value {
        case .null: null()
        case .boolean(let value): boolean(value)
        case .integer(let value): integer(value)
        case .decimal(let value): decimal(value)
        case .text(let value): string(value)
        case .date(let value): date(value)
        case .instant(let value): instant(value)
        }
    }

    /// Writes a whole tree.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let value): boolean(value)
        case .integer(let value): integer(value)
        case .number(let text): raw(text.utf8)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for entry in object.entries {
                separate()
                quoted(entry.key)
                endKey()
                self.value(entry.value)
            }
            endObject()
        }
    }

    // MARK: - Bytes

    private mutating func digits(of number: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { text in
            var position = 20
            var rest = number.magnitude
            repeat {
                position -= 1
                text[position] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
                rest /= 10
            } while rest > 0
            if number < 0 {
                position -= 1
                text[position] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: text[position...])
        }
    }

    @inline(__always)
    private mutating func quoted(_ text: String) {
        // Native strings lend their bytes; others are copied once.
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { quoted($0) }
        if done == nil { Array(text.utf8).withUnsafeBufferPointer { quoted($0) } }
    }

    private mutating func quoted(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        var index = Self.plainPrefix(of: text)
        while index < text.count {
            let byte = text[index]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            bytes.append(contentsOf: text[start..<index])
            escape(byte)
            index += 1
            start = index
        }
        bytes.append(contentsOf: text[start...])
        bytes.append(UInt8(ascii: "\""))
    }

    /// How many bytes at the beginning need no escape, found eight at a time.
    @inline(__always)
    private static func plainPrefix(of text: UnsafeBufferPointer<UInt8>) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawBufferPointer(text)
        var index = 0
        while index + 8 <= text.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quotes = word ^ (ones &* 0x22)
            let slashes = word ^ (ones &* 0x5C)
            // A byte's high bit is set where it was below 0x20, or where one of the differences is zero.
            let found = ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
            guard found & highs == 0 else { return index }
            index += 8
        }
        return index
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            let hex: StaticString = "0123456789abcdef"
            bytes.append(contentsOf: [UInt8(ascii: "u"), 0x30, 0x30, 0x30 + (byte >> 4), hex.utf8Start[Int(byte & 15)]])
        default: bytes.append(byte)
        }
    }
}

/// A key of a JSON object, escaped once and written many times.
public struct JSONKey: Sendable, Hashable {
    /// A comma, the key with its quotation marks, and the colon.
    let bytes: [UInt8]

    /// Prepares a key.
    public init(_ name: String) {
        var writer = JSONWriter(capacity: name.utf8.count + 4)
        writer.string(name)
        bytes = [UInt8(ascii: ",")] + writer.bytes + [UInt8(ascii: ":")]
    }
}
