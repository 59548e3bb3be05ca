/// Takes the markup of a page apart into tags, comments and text, as far as rules about it need.
///
/// Of a template, `{{…}}` counts as text that is not known. It never fails: what cannot be read is a token of its own.
struct MarkupReader {
    /// An attribute of a tag.
    struct Attribute {
        let name: String
        /// The value, references as they were written; empty when there is none.
        let value: String
        /// Whether there is a value and it stands in quotes.
        let isQuoted: Bool
        /// Where the name begins, in bytes.
        let offset: Int
    }

    /// A piece of markup.
    enum Token {
        /// `<name …>`, with whether it ends in `/>`.
        case open(String, [Attribute], isClosed: Bool)
        /// `</name>`.
        case close(String)
        /// The text between tags, or the whole inside of `style` and `script`.
        case text(Range<Int>)
        /// `<!DOCTYPE …>`, `<![CDATA[…]]>`, `<?…?>`, with their first word.
        case declaration(String)
        /// A `<` that begins nothing, or something without an end.
        case broken
    }

    /// Behind the token that was read last, in bytes.
    var position: Int { index }

    /// The bytes that are read.
    let bytes: [UInt8]
    private let isTemplate: Bool
    private var index = 0
    private var rawUntil: String?

    init(_ bytes: [UInt8], isTemplate: Bool) {
        self.bytes = bytes
        self.isTemplate = isTemplate
    }

    /// The next token and where it begins, nil at the end; comments are passed over.
    mutating func next() -> (token: Token, offset: Int)? {
        while true {
            guard index < bytes.count else { return nil }
            let start = index
            if let name = rawUntil {
                rawUntil = nil
                index = find(Array("</\(name)".utf8), ignoringCase: true) ?? bytes.count
                if index > start { return (.text(start..<index), start) }
                continue
            }
            guard bytes[index] == UInt8(ascii: "<") else {
                while index < bytes.count, bytes[index] != UInt8(ascii: "<") { skipOne() }
                return (.text(start..<index), start)
            }
            if starts("<!--") {
                guard let end = find(Array("-->".utf8)), isTemplate || isPlainComment(start + 4, end) else {
                    index = bytes.count
                    return (.broken, start)
                }
                index = end + 3
                continue
            }
            return (tag(), start)
        }
    }

    /// Whether everybody takes the comment to end where it does: browsers end one at `>`, `->` and `--!>` as well.
    private func isPlainComment(_ start: Int, _ end: Int) -> Bool {
        guard start <= end else { return false }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return !text.hasPrefix(">") && !text.hasPrefix("->") && !text.contains("--!>") && !text.contains("<!--")
    }

    /// Passes over a byte, or over a whole `{{…}}` of a template.
    private mutating func skipOne() {
        guard isTemplate, starts("{{") else {
            index += 1
            return
        }
        index = find(Array("}}".utf8)).map { $0 + 2 } ?? bytes.count
    }

    private func starts(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        return (0..<count).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
    }

    private func find(_ wanted: [UInt8], ignoringCase: Bool = false) -> Int? {
        guard bytes.count >= wanted.count + index else { return nil }
        for start in index...(bytes.count - wanted.count) {
            let fits = wanted.indices.allSatisfy { place in
                let byte = bytes[start + place]
                return byte == wanted[place] || (ignoringCase && byte | 0x20 == wanted[place] | 0x20)
            }
            if fits { return start }
        }
        return nil
    }

    private mutating func tag() -> Token {
        index += 1
        guard index < bytes.count else { return .broken }
        if bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "?") {
            let word = String(
                decoding: bytes[index...].prefix { !Self.isBlank($0) && $0 != 0x3E }.prefix(16),
                as: UTF8.self
            )
            guard let end = find([UInt8(ascii: ">")]) else {
                index = bytes.count
                return .broken
            }
            index = end + 1
            return .declaration(word)
        }
        let isEnd = bytes[index] == UInt8(ascii: "/")
        if isEnd { index += 1 }
        let name = word()
        guard let first = name.utf8.first, 0x61...0x7A ~= first | 0x20 else { return .broken }
        var attributes: [Attribute] = []
        var isClosed = false
        while true {
            guard index < bytes.count else { return .broken }
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") {
                index += 1
                break
            }
            isClosed = byte == UInt8(ascii: "/")
            if byte == UInt8(ascii: "<") { return .broken }
            if Self.isBlank(byte) || isClosed || (isTemplate && starts("{{")) {
                skipOne()
                continue
            }
            attributes.append(attribute())
        }
        if isEnd { return .close(name) }
        let lower = name.lowercased()
        if !isClosed, lower == "style" || lower == "script" { rawUntil = lower }
        return .open(name, attributes, isClosed: isClosed)
    }

    private mutating func attribute() -> Attribute {
        let offset = index
        let name = word()
        // A sign that can begin no name is a name by itself, so that the reading goes on.
        if name.isEmpty { index += 1 }
        let afterName = index
        skipBlanks()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
            index = afterName
            return Attribute(name: name, value: "", isQuoted: false, offset: offset)
        }
        index += 1
        skipBlanks()
        let start: Int
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            start = index
            while index < bytes.count, !Self.isBlank(bytes[index]), bytes[index] != UInt8(ascii: ">") { skipOne() }
            return Attribute(
                name: name,
                value: String(decoding: bytes[start..<index], as: UTF8.self),
                isQuoted: false,
                offset: offset
            )
        }
        let quote = bytes[index]
        index += 1
        start = index
        while index < bytes.count, bytes[index] != quote { skipOne() }
        let value = String(decoding: bytes[start..<index], as: UTF8.self)
        index = min(index + 1, bytes.count)
        return Attribute(name: name, value: value, isQuoted: true, offset: offset)
    }

    /// A name of an element or attribute; `{{…}}` within it is a part of it.
    private mutating func word() -> String {
        let start = index
        while index < bytes.count, !Self.isBlank(bytes[index]), !Self.endsName.contains(bytes[index]) {
            if isTemplate, starts("{{") { break }
            index += 1
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    }

    private static let endsName = Set("/>=<\"'".utf8)

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
