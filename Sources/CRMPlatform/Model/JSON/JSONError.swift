/// Why a text is not a JSON document that the platform takes: where, and which rule it breaks.
public struct JSONError: Error, Sendable, Hashable {
    /// The rule that is broken.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The text is empty or blank.
        case empty
        /// The text is UTF-16 or UTF-32.
        case wrongEncoding = "wrong_encoding"
        /// A text holds bytes that are not UTF-8.
        case invalidUTF8 = "invalid_utf8"
        /// The text has more bytes than allowed; `detail` is the limit.
        case tooManyBytes = "too_many_bytes"
        /// Lists and objects are nested too deep; `detail` is the limit.
        case tooDeep = "too_deep"
        /// A list or object has too many members; `detail` is the limit.
        case tooManyMembers = "too_many_members"
        /// A text has more bytes than allowed; `detail` is the limit.
        case stringTooLong = "string_too_long"
        /// A number has more signs than allowed; `detail` is the limit.
        case numberTooLong = "number_too_long"
        /// The text ends within the document.
        case unexpectedEnd = "unexpected_end"
        /// A sign that cannot stand here; `detail` is the sign.
        case unexpectedCharacter = "unexpected_character"
        /// A text has no closing quotation mark.
        case unterminatedString = "unterminated_string"
        /// A control character that must be written as an escape; `detail` is its number.
        case controlCharacter = "control_character"
        /// A backslash with something that is no escape; `detail` is the sign after it.
        case badEscape = "bad_escape"
        /// Half of a surrogate pair; `detail` is the escape.
        case loneSurrogate = "lone_surrogate"
        /// The character U+0000, which the platform stores nowhere; `detail` is the escape.
        case nulCharacter = "nul_character"
        /// Something that looks like a number but is none in JSON (01, .5, +1, 0x10, NaN); `detail` is the text.
        case badNumber = "bad_number"
        /// An object has a key twice; `detail` is the key.
        case duplicateKey = "duplicate_key"
        /// Something follows the document.
        case trailingContent = "trailing_content"
    }

    /// The rule that is broken.
    public let code: Code
    /// The line, from 1.
    public let line: Int
    /// The character of the line, from 1.
    public let column: Int
    /// Where in the document: `fields[3].name`; empty at the outermost level.
    public internal(set) var path: String
    /// The argument of the code, at most 60 characters.
    public let detail: String

    /// Makes an error.
    public init(code: Code, line: Int, column: Int, path: String = "", detail: String = "") {
        self.code = code
        self.line = line
        self.column = column
        self.path = path
        self.detail = detail
    }

    /// The error as seen from one level further out, under a key.
    func under(key: String) -> JSONError {
        var result = self
        let plain =
            !key.isEmpty && key.utf8.count <= 64
            && key.utf8.allSatisfy {
                $0 >= 0x80 || $0 == 0x5F || $0 == 0x2D || ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10
            }
        let step = plain ? key : "[\(JSONValue.string(TextLimits.prefix(key, characters: 40)).serialised())]"
        result.path = path.isEmpty || path.hasPrefix("[") ? step + path : step + "." + path
        return result
    }

    /// The error as seen from one level further out, at a position of a list.
    func under(index: Int) -> JSONError {
        var result = self
        result.path = path.isEmpty || path.hasPrefix("[") ? "[\(index)]" + path : "[\(index)]." + path
        return result
    }
}

extension JSONError: CustomStringConvertible {
    /// The parts of the error for logs; texts for users are made from the code.
    public var description: String {
        let place = path.isEmpty ? "" : " at \(path)"
        return "\(code.rawValue)\(detail.isEmpty ? "" : " (\(detail))"), line \(line), column \(column)\(place)"
    }
}

/// How much a JSON text may hold.
public struct JSONLimits: Sendable, Hashable {
    /// The greatest number of bytes of the text.
    public var bytes: Int
    /// How deep lists and objects may be nested, at most 256.
    public var depth: Int
    /// How many members one list or object may have.
    public var members: Int
    /// The greatest number of bytes of one text or key.
    public var stringBytes: Int
    /// The greatest number of signs of one number.
    public var numberBytes: Int

    /// The limits for documents from outside.
    public init(
        bytes: Int = 1_000_000,
        depth: Int = 32,
        members: Int = 10_000,
        stringBytes: Int = 1_000_000,
        numberBytes: Int = 400
    ) {
        self.bytes = bytes
        self.depth = min(depth, 256)
        self.members = members
        self.stringBytes = stringBytes
        self.numberBytes = numberBytes
    }
}
