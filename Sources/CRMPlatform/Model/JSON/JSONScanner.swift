/// The work of `JSONParser`: one pass over the bytes.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: JSONLimits
    private var index = 0
    private var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.bytes else { throw error(.tooManyBytes, at: 0, String(limits.bytes)) }
        try checkEncoding()
        // RFC 8259 §8.1 lets readers pass over the mark that some editors put before UTF-8.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        skipBlanks()
        guard index < bytes.count else { throw error(.empty, at: index) }
        let value = try self.value()
        skipBlanks()
        guard index == bytes.count else { throw error(.trailingContent, at: index) }
        return value
    }

    private func checkEncoding() throws(JSONError) {
        guard bytes.count >= 2 else { return }
        let marks: [(UInt8, UInt8)] = [(0xFF, 0xFE), (0xFE, 0xFF)]
        if marks.contains(where: { $0 == (bytes[0], bytes[1]) }) || bytes[0] == 0 || bytes[1] == 0 {
            throw error(.wrongEncoding, at: 0)
        }
    }

    // MARK: - Values

    private mutating func value() throws(JSONError) -> JSONValue {
        guard index < bytes.count else { throw error(.unexpectedEnd, at: index) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        try enter()
        var object = JSONObject()
        skipBlanks()
        if take(UInt8(ascii: "}")) {
            depth -= 1
            return object
        }
        while true {
            skipBlanks()
            let start = index
            guard index < bytes.count else { throw error(.unexpectedEnd, at: index) }
            guard bytes[index] == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try string()
            guard !object.contains(key) else {
                throw error(.duplicateKey, at: start, TextLimits.prefix(key, characters: 60))
            }
            guard object.count < limits.members else { throw error(.tooManyMembers, at: start, String(limits.members)) }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            skipBlanks()
            do {
                _ = object.appendNew(key, try value())
            } catch {
                throw error.under(key: key)
            }
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw unexpected() }
            depth -= 1
            return object
        }
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        try enter()
        var elements: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) {
            depth -= 1
            return elements
        }
        while true {
            skipBlanks()
            guard elements.count < limits.members else {
                throw error(.tooManyMembers, at: index, String(limits.members))
            }
            do {
                elements.append(try value())
            } catch {
                throw error.under(index: elements.count)
            }
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw unexpected() }
            depth -= 1
            return elements
        }
    }

    private mutating func enter() throws(JSONError) {
        guard depth < limits.depth else { throw error(.tooDeep, at: index, String(limits.depth)) }
        depth += 1
        index += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let start = index
        for offset in 0..<word.utf8CodeUnitCount {
            guard index < bytes.count else { throw error(.unexpectedEnd, at: index) }
            guard bytes[index] == word.utf8Start[offset] else { throw unexpected(at: start) }
            index += 1
        }
        guard index == bytes.count || !Self.isWordByte(bytes[index]) else { throw unexpected(at: start) }
        return value
    }

    // MARK: - Numbers

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        guard Self.beginsNumber(bytes[index]) else { throw unexpected() }
        while index < bytes.count, Self.isWordByte(bytes[index]) { index += 1 }
        guard index - start <= limits.numberBytes else {
            throw error(.numberTooLong, at: start, String(limits.numberBytes))
        }
        let literal = UnsafeBufferPointer(rebasing: bytes[start..<index])
        guard let isInteger = Self.checkNumber(literal) else {
            throw error(.badNumber, at: start, String(decoding: literal.prefix(60), as: UTF8.self))
        }
        let text = String(decoding: literal, as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        return .number(text)
    }

    /// Whether a literal is an integer; nil when it is no number of JSON at all.
    private static func checkNumber(_ literal: UnsafeBufferPointer<UInt8>) -> Bool? {
        var index = 0
        func digits() -> Int {
            let start = index
            while index < literal.count, literal[index] &- 0x30 < 10 { index += 1 }
            return index - start
        }
        if literal.first == UInt8(ascii: "-") { index = 1 }
        let first = index
        let whole = digits()
        guard whole > 0, whole == 1 || literal[first] != UInt8(ascii: "0") else { return nil }
        var isInteger = true
        if index < literal.count, literal[index] == UInt8(ascii: ".") {
            isInteger = false
            index += 1
            guard digits() > 0 else { return nil }
        }
        if index < literal.count, literal[index] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            index += 1
            if index < literal.count, literal[index] == UInt8(ascii: "+") || literal[index] == UInt8(ascii: "-") {
                index += 1
            }
            guard digits() > 0 else { return nil }
        }
        return index == literal.count ? isInteger : nil
    }

    private static func beginsNumber(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "_") && isWordByte(byte)
    }

    /// Letters, digits and the signs of numbers: what belongs to one unquoted word.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }

    // MARK: - Texts

    private mutating func string() throws(JSONError) -> String {
        let open = index
        index += 1
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                let raw = UnsafeBufferPointer(rebasing: bytes[start..<index])
                guard raw.count <= limits.stringBytes else {
                    throw error(.stringTooLong, at: open, String(limits.stringBytes))
                }
                index += 1
                return try checked(raw, at: open)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(open: open, start: start) }
            guard byte >= 0x20 else { throw error(.controlCharacter, at: index, String(byte)) }
            index += 1
        }
        throw error(.unterminatedString, at: open)
    }

    private func checked(_ raw: UnsafeBufferPointer<UInt8>, at open: Int) throws(JSONError) -> String {
        guard let text = String(validating: raw, as: UTF8.self) else {
            throw error(.invalidUTF8, at: open)
        }
        return text
    }

    private mutating func escapedString(open: Int, start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                guard text.count <= limits.stringBytes else {
                    throw error(.stringTooLong, at: open, String(limits.stringBytes))
                }
                index += 1
                guard let result = String(validating: text, as: UTF8.self) else {
                    throw error(.invalidUTF8, at: open)
                }
                return result
            }
            guard byte >= 0x20 else { throw error(.controlCharacter, at: index, String(byte)) }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else {
                text.append(byte)
                index += 1
            }
        }
        throw error(.unterminatedString, at: open)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = index
        guard index + 1 < bytes.count else { throw error(.unterminatedString, at: start) }
        let sign = bytes[index + 1]
        index += 2
        switch sign {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(sign)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try scalar(from: start)
            guard scalar != "\0" else { throw error(.nulCharacter, at: start, escape(at: start)) }
            text.append(contentsOf: UTF8.encode(scalar) ?? .init())
        default:
            throw error(.badEscape, at: start, JSONScanner.shown(sign))
        }
    }

    /// The scalar of `\uXXXX`, or of a pair of them; the index stands behind the first `u`.
    private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try fourDigits(from: start)
        if first & 0xFC00 == 0xD800 {
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
            else { throw error(.loneSurrogate, at: start, escape(at: start)) }
            index += 2
            let second = try fourDigits(from: start)
            guard second & 0xFC00 == 0xDC00,
                let scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
            else { throw error(.loneSurrogate, at: start, escape(at: start)) }
            return scalar
        }
        guard let scalar = Unicode.Scalar(first) else { throw error(.loneSurrogate, at: start, escape(at: start)) }
        return scalar
    }

    /// An escape `\uXXXX` as it is written.
    private func escape(at start: Int) -> String {
        String(decoding: bytes[start..<min(start + 6, bytes.count)], as: UTF8.self)
    }

    private mutating func fourDigits(from start: Int) throws(JSONError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw error(.unterminatedString, at: start) }
        var number: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[index]
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: throw error(.badEscape, at: start, "u")
            }
            number = number << 4 | UInt32(digit)
            index += 1
        }
        return number
    }

    // MARK: - Signs and errors

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private func unexpected(at position: Int? = nil) -> JSONError {
        let position = position ?? index
        guard position < bytes.count else { return error(.unexpectedEnd, at: position) }
        return error(.unexpectedCharacter, at: position, Self.shown(bytes[position]))
    }

    private static func shown(_ byte: UInt8) -> String {
        if byte > 0x20, byte < 0x7F { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "0x" + (digits.count < 2 ? "0" : "") + digits
    }

    private func error(_ code: JSONError.Code, at position: Int, _ detail: String = "") -> JSONError {
        var line = 1
        var column = 1
        for byte in bytes.prefix(position) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONError(code: code, line: line, column: column, detail: detail)
    }
}
