/// What a pattern is made of.
indirect enum TextPatternNode: Sendable, Hashable {
    case nothing
    case take(ScalarSet)
    case assertion(TextPattern.Assertion)
    case sequence([TextPatternNode])
    case choice([TextPatternNode])
    case repetition(TextPatternNode, least: Int, most: Int?)
}

/// Reads a regular expression.
struct TextPatternParser {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0
    private var ignoresCase = false

    /// How deep groups may be nested.
    private static let deepest = 50

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    /// Reads the whole.
    ///
    /// - Throws: ``TextPatternError``.
    mutating func parse() throws(TextPatternError) -> TextPatternNode {
        let node = try choice()
        guard index == scalars.count else { throw malformed }
        return node
    }

    private var malformed: TextPatternError { .malformed(at: min(index, scalars.count) + 1) }

    private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func starts(_ text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        index += 1
        return true
    }

    // MARK: - Structure

    private mutating func choice() throws(TextPatternError) -> TextPatternNode {
        let outer = ignoresCase
        defer { ignoresCase = outer }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(TextPatternError) -> TextPatternNode {
        var nodes: [TextPatternNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            let start = index
            let node = try atom(scalar)
            nodes.append(try quantified(node, from: start))
        }
        return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .nothing : .sequence(nodes)
    }

    private mutating func atom(_ scalar: Unicode.Scalar) throws(TextPatternError) -> TextPatternNode {
        switch scalar {
        case "(":
            return try group()
        case "[":
            index += 1
            return try bracket()
        case "\\":
            index += 1
            return try escape()
        case ".":
            index += 1
            return .take(.anyInLine)
        case "^":
            index += 1
            return .assertion(.start)
        case "$":
            index += 1
            return .assertion(.endOrLastBreak)
        case "*", "+", "?", "{":
            throw malformed
        default:
            index += 1
            return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> TextPatternNode {
        .take(ScalarSet([.range(scalar.value...scalar.value)], ignoresCase: ignoresCase))
    }

    private mutating func group() throws(TextPatternError) -> TextPatternNode {
        for lookaround in ["(?=", "(?!", "(?<=", "(?<!"] where starts(lookaround) {
            throw .unsupported(lookaround + "…)")
        }
        for other in ["(?>", "(?|", "(?(", "(?#", "(?P=", "(?P>", "(?R", "(*"] where starts(other) {
            throw .unsupported(other + "…)")
        }
        index += 1
        if take("?") {
            if current == "<" || current == "P" || current == "'" {
                try passName()
            } else if !take(":") {
                // (?i) holds to the end of the group it stands in, (?i:…) for what it holds.
                let isOff = take("-")
                guard take("i") else { throw .unsupported("(?\(current.map(String.init) ?? "")…)") }
                if take(")") {
                    ignoresCase = !isOff
                    return .nothing
                }
                guard take(":") else { throw .unsupported("(?i\(current.map(String.init) ?? "")…)") }
                let outer = ignoresCase
                ignoresCase = !isOff
                defer { ignoresCase = outer }
                return try inner()
            }
        }
        return try inner()
    }

    private mutating func inner() throws(TextPatternError) -> TextPatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw .tooLarge(limit: TextPattern.largest) }
        let node = try choice()
        guard take(")") else { throw malformed }
        return node
    }

    private mutating func passName() throws(TextPatternError) {
        _ = take("P")
        let end: Unicode.Scalar = take("'") ? "'" : ">"
        guard end == "'" || take("<") else { throw malformed }
        let start = index
        while let scalar = current,
            scalar == "_" || scalar.properties.isAlphabetic || ScalarSet.Kind.digit.contains(scalar)
        {
            index += 1
        }
        guard index > start, take(end) else { throw malformed }
    }

    private mutating func quantified(
        _ node: TextPatternNode,
        from start: Int
    ) throws(TextPatternError) -> TextPatternNode {
        guard let scalar = current else { return node }
        let least: Int
        var most: Int?
        switch scalar {
        case "*": least = 0
        case "+": least = 1
        case "?": (least, most) = (0, 1)
        case "{": (least, most) = try bounds()
        default: return node
        }
        index += 1
        // Lazy and greedy forms find the same whole texts.
        if take("+") { throw .unsupported(text(from: start)) }
        _ = take("?")
        if let next = current, next == "*" || next == "+" || next == "?" || next == "{" { throw malformed }
        return .repetition(node, least: least, most: most)
    }

    private func text(from start: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<index].prefix(20))
        return String(text)
    }

    /// Reads `{m}`, `{m,}`, `{m,n}` or `{,n}` and stands on its last bracket.
    private mutating func bounds() throws(TextPatternError) -> (Int, Int?) {
        index += 1
        let least = try number()
        var most = least
        if take(",") { most = try number() } else if least == nil { throw malformed }
        let isOpen = most == nil
        guard current == "}", least != nil || most != nil, (least ?? 0) <= (most ?? .max) else { throw malformed }
        return (least ?? 0, isOpen ? nil : most)
    }

    private mutating func number() throws(TextPatternError) -> Int? {
        let start = index
        var value = 0
        while let scalar = current, ("0"..."9").contains(scalar) {
            value = value * 10 + Int(scalar.value - 0x30)
            guard value <= TextPattern.largest else { throw .tooLarge(limit: TextPattern.largest) }
            index += 1
        }
        return index > start ? value : nil
    }

    // MARK: - Signs

    private mutating func escape() throws(TextPatternError) -> TextPatternNode {
        guard let scalar = current else { throw malformed }
        switch scalar {
        case "A": index += 1; return .assertion(.start)
        case "z": index += 1; return .assertion(.end)
        case "Z": index += 1; return .assertion(.endOrLastBreak)
        case "b": index += 1; return .assertion(.wordEdge)
        case "B": index += 1; return .assertion(.noWordEdge)
        case "1"..."9", "k", "g": throw .unsupported("\\\(scalar)")
        case "G", "K", "X", "R", "Q", "E", "C", "N", "h", "H", "v", "V": throw .unsupported("\\\(scalar)")
        default: return .take(ScalarSet([try escapedPart()], ignoresCase: ignoresCase))
        }
    }

    /// What follows a backslash, outside of classes and within.
    private mutating func escapedPart() throws(TextPatternError) -> ScalarSet.Part {
        guard let scalar = current else { throw malformed }
        index += 1
        switch scalar {
        case "d": return .kind(.digit, isNegated: false)
        case "D": return .kind(.digit, isNegated: true)
        case "w": return .kind(.word, isNegated: false)
        case "W": return .kind(.word, isNegated: true)
        case "s": return .kind(.blank, isNegated: false)
        case "S": return .kind(.blank, isNegated: true)
        case "p", "P": return try property(isNegated: scalar == "P")
        case "n": return single(0x0A)
        case "r": return single(0x0D)
        case "t": return single(0x09)
        case "f": return single(0x0C)
        case "e": return single(0x1B)
        case "a": return single(0x07)
        case "0": return single(0x00)
        case "x": return single(try hexadecimal(digits: 2))
        case "u": return single(try hexadecimal(digits: 4))
        case "U": return single(try hexadecimal(digits: 8))
        case _ where ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar):
            throw .unsupported("\\\(scalar)")
        default: return single(scalar.value)
        }
    }

    private func single(_ value: UInt32) -> ScalarSet.Part { .range(value...value) }

    private mutating func property(isNegated: Bool) throws(TextPatternError) -> ScalarSet.Part {
        guard take("{") else { throw malformed }
        var name = ""
        while let scalar = current, scalar != "}" {
            name.unicodeScalars.append(scalar)
            index += 1
        }
        guard take("}") else { throw malformed }
        guard let kind = ScalarSet.Kind(property: name) else { throw .unsupported("\\p{\(name.prefix(20))}") }
        return .kind(kind, isNegated: isNegated)
    }

    private mutating func hexadecimal(digits: Int) throws(TextPatternError) -> UInt32 {
        let isBraced = take("{")
        var text = ""
        while let scalar = current, scalar.properties.isASCIIHexDigit, text.count < (isBraced ? 8 : digits) {
            text.unicodeScalars.append(scalar)
            index += 1
        }
        guard isBraced ? take("}") && !text.isEmpty : text.count == digits, let value = UInt32(text, radix: 16),
            Unicode.Scalar(value) != nil
        else { throw malformed }
        return value
    }

    /// Reads a class behind its opening bracket.
    private mutating func bracket() throws(TextPatternError) -> TextPatternNode {
        let isNegated = take("^")
        var parts: [ScalarSet.Part] = []
        var isFirst = true
        while true {
            guard let scalar = current else { throw malformed }
            if scalar == "]", !isFirst { break }
            isFirst = false
            // Classes within classes and their arithmetic mean something else to every dialect.
            if scalar == "[" { throw .unsupported("[…[…") }
            if ["&&", "--", "~~"].contains(where: starts) { throw .unsupported("[…\(scalar)\(scalar)…]") }
            let part = try member()
            guard current == "-", index + 1 < scalars.count, scalars[index + 1] != "]",
                case .range(let from) = part
            else {
                parts.append(part)
                continue
            }
            if starts("--") { throw .unsupported("[…--…]") }
            index += 1
            guard case .range(let to) = try member(), from.lowerBound <= to.upperBound else { throw malformed }
            parts.append(.range(from.lowerBound...to.upperBound))
        }
        index += 1
        return .take(ScalarSet(parts, isNegated: isNegated, ignoresCase: ignoresCase))
    }

    private mutating func member() throws(TextPatternError) -> ScalarSet.Part {
        guard let scalar = current else { throw malformed }
        index += 1
        guard scalar == "\\" else { return single(scalar.value) }
        if take("b") { return single(0x08) }
        return try escapedPart()
    }
}
