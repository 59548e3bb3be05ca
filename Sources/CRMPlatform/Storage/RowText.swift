/// Memory of its own in which one row of JSON is put together, byte by byte, before it is handed over as a whole.
struct RowText: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0

    init() {
        capacity = 2048
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// What has been written.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// Forgets what has been written.
    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    mutating func append(_ word: StaticString) {
        append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// Writes a number of units with `scale` places.
    @inline(__always)
    mutating func append(_ units: Int64, scale: Int) {
        reserve(24)
        var rest = units.magnitude
        if units < 0 {
            start[count] = UInt8(ascii: "-")
            count += 1
        }
        var digits = 1
        var power: UInt64 = 10
        while digits < 20, rest >= power {
            digits += 1
            if digits < 20 { power &*= 10 }
        }
        // At least one digit stands before the point.
        digits = max(digits, scale + 1)
        let length = scale > 0 ? digits + 1 : digits
        var position = count + length
        for place in 0..<digits {
            if place == scale, scale > 0 {
                position -= 1
                start[position] = UInt8(ascii: ".")
            }
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            position -= 1
            start[position] = UInt8(truncatingIfNeeded: digit) &+ 0x30
            rest = quotient
        }
        count += length
    }

    /// Writes a text in quotation marks.
    ///
    /// Text in the file was checked when it was saved; bytes that are not UTF-8 can only come from damage, and are
    /// replaced.
    @inline(__always)
    mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        let before = count
        let isASCII = appendEscaped(text)
        if !isASCII, (try? UTF8Span(validating: text.span)) == nil {
            count = before
            var mended = String(decoding: text, as: UTF8.self)
            mended.withUTF8 { _ = appendEscaped($0) }
        }
        append(UInt8(ascii: "\""))
    }

    /// Copies a text, escaping what must be; whether all of it is ASCII.
    @inline(__always)
    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let source = text.baseAddress else { return true }
        // Each byte takes six at most; eight more for the last step of the fast way.
        reserve(text.count * 6 + 8)
        var seen: UInt64 = 0
        var index = 0
        while index + 8 <= text.count {
            let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(start + count).storeBytes(of: word, as: UInt64.self)
            seen |= word
            if Self.needsEscape(word) {
                for offset in index..<(index + 8) { escape(source[offset]) }
            } else {
                count += 8
            }
            index += 8
        }
        while index < text.count {
            seen |= UInt64(source[index])
            escape(source[index])
            index += 1
        }
        return seen & 0x8080_8080_8080_8080 == 0
    }

    /// Whether one of eight bytes is a control sign, a quotation mark or a backslash; at times also when only a
    /// neighbour of such a byte is near, which costs time and changes nothing.
    @inline(__always)
    private static func needsEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones &* 0x80
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5C)
        let found =
            ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
        return found & high != 0
    }

    @inline(__always)
    private mutating func escape(_ byte: UInt8) {
        if byte >= 0x20, byte != 0x22, byte != 0x5C {
            start[count] = byte
            count += 1
            return
        }
        start[count] = UInt8(ascii: "\\")
        let letter: UInt8 =
            switch byte {
            case 0x08: UInt8(ascii: "b")
            case 0x09: UInt8(ascii: "t")
            case 0x0A: UInt8(ascii: "n")
            case 0x0C: UInt8(ascii: "f")
            case 0x0D: UInt8(ascii: "r")
            case 0x22, 0x5C: byte
            default: UInt8(ascii: "u")
            }
        start[count + 1] = letter
        count += 2
        guard letter == UInt8(ascii: "u") else { return }
        let digit = byte & 15
        start[count] = 0x30
        start[count + 1] = 0x30
        start[count + 2] = 0x30 + (byte >> 4)
        start[count + 3] = digit < 10 ? 0x30 + digit : 0x61 + digit - 10
        count += 4
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(count + more) }
    }

    @inline(never)
    private mutating func grow(_ needed: Int) {
        let larger = max(needed, capacity * 2)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        new.update(from: start, count: count)
        start.deallocate()
        start = new
        capacity = larger
    }
}
