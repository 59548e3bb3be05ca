/// The words of a Lua source, as far as a look over it needs them; comments are left out.
package struct LuaTokens {
    /// One word.
    package struct Token {
        /// What kind of word.
        package enum Kind {
            case name
            /// A text in quotation marks or long brackets; `text` is what stands within.
            case string
            case number
            case sign
        }

        package let kind: Kind
        package let text: String
        package let line: Int

        /// Whether it is that sign or keyword.
        func isSign(_ wanted: String) -> Bool { kind == .sign && text == wanted }

        /// Whether it is that name.
        func isName(_ wanted: String) -> Bool { kind == .name && text == wanted }
    }

    /// The words that are no names.
    package static let keywords: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while",
    ]

    /// The words in order.
    package private(set) var tokens: [Token] = []
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    /// Takes a source apart; what is no Lua gives words that mean nothing.
    package init(_ source: [UInt8]) {
        bytes = source
        while index < bytes.count { next() }
    }

    /// The line of the `return` at the end of a file, by which a module gives its value; nil when it gives none.
    package var lineOfResult: Int? {
        var depth = 0
        var line: Int?
        for token in tokens where token.kind == .name {
            switch token.text {
            case "function", "do", "if", "repeat": depth += 1
            case "end", "until": depth -= 1
            case "return" where depth == 0: line = token.line
            default: break
            }
        }
        return line
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        index + offset < bytes.count ? bytes[index + offset] : 0
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
    }

    private mutating func next() {
        let start = byte()
        switch start {
        case 0x0A:
            line += 1
            index += 1
        case 0x20, 0x09, 0x0D: index += 1
        case UInt8(ascii: "-") where byte(1) == UInt8(ascii: "-"):
            index += 2
            if longBracket() == nil { while index < bytes.count, byte() != 0x0A { index += 1 } }
        case UInt8(ascii: "["):
            let begun = line
            if let text = longBracket() { add(.string, text, begun) } else { sign() }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quoted(start)
        case 0x30...0x39:
            let from = index
            while Self.isNamePart(byte()) || byte() == UInt8(ascii: ".") { index += 1 }
            add(.number, text(from), line)
        case 0x41...0x5A, 0x61...0x7A, 0x5F:
            let from = index
            while Self.isNamePart(byte()) { index += 1 }
            add(.name, text(from), line)
        default: sign()
        }
    }

    private func text(_ from: Int) -> String { String(decoding: bytes[from..<min(index, bytes.count)], as: UTF8.self) }

    private mutating func add(_ kind: Token.Kind, _ text: String, _ line: Int) {
        tokens.append(Token(kind: kind, text: text, line: line))
    }

    /// A sign; those of two characters that change what stands before a name or behind it are kept whole.
    private mutating func sign() {
        let pair = String(decoding: bytes[index..<min(index + 2, bytes.count)], as: UTF8.self)
        let isPair = ["==", "~=", "<=", ">=", "..", "::", "//"].contains(pair)
        add(.sign, isPair ? pair : String(decoding: [byte()], as: UTF8.self), line)
        index += isPair ? 2 : 1
    }

    private mutating func quoted(_ mark: UInt8) {
        let begun = line
        index += 1
        let from = index
        while index < bytes.count, byte() != mark, byte() != 0x0A {
            index += byte() == UInt8(ascii: "\\") ? 2 : 1
        }
        add(.string, text(from), begun)
        index += 1
    }

    /// What stands within `[[…]]` or `[=[…]=]` at this place, nil when there is none.
    private mutating func longBracket() -> String? {
        guard byte() == UInt8(ascii: "[") else { return nil }
        var level = 0
        while byte(1 + level) == UInt8(ascii: "=") { level += 1 }
        guard byte(1 + level) == UInt8(ascii: "[") else { return nil }
        index += level + 2
        let from = index
        while index < bytes.count {
            if byte() == UInt8(ascii: "]"), byte(level + 1) == UInt8(ascii: "]"),
                (0..<level).allSatisfy({ byte(1 + $0) == UInt8(ascii: "=") })
            {
                let inner = text(from)
                index += level + 2
                return inner
            }
            if byte() == 0x0A { line += 1 }
            index += 1
        }
        return text(from)
    }
}
