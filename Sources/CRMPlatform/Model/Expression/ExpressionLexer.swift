/// Takes the text of an expression apart into words.
///
/// Full-width punctuation, digits and letters count as their half-width forms, except within texts. A text stands in
/// `'…'`, or in the quotes of Chinese keyboards, `‘…’`, `“…”`, `「…」` and `『…』`; the closing quote written twice stands
/// for itself. A name with blanks or signs in it stands in `"…"`.
struct ExpressionLexer {
    private let characters: [Character]
    private var position = 0

    init(_ characters: [Character]) {
        self.characters = characters
    }

    static func tokens(_ characters: [Character]) throws(ExpressionError) -> [ExpressionToken] {
        var lexer = ExpressionLexer(characters)
        var tokens: [ExpressionToken] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private mutating func next() throws(ExpressionError) -> ExpressionToken {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        let start = position
        guard position < characters.count else {
            return ExpressionToken(kind: .end, column: characters.count + 1, source: "")
        }
        let kind: ExpressionToken.Kind
        switch character(at: position) {
        case "'": kind = .text(try quoted(closing: ["'"]))
        case "＇": kind = .text(try quoted(closing: ["＇"]))
        case "‘", "’": kind = .text(try quoted(closing: ["’", "‘"]))
        case "“", "”": kind = .text(try quoted(closing: ["”", "“"]))
        case "「": kind = .text(try quoted(closing: ["」"]))
        case "『": kind = .text(try quoted(closing: ["』"]))
        case "\"": kind = .quotedName(try quoted(closing: ["\""]))
        case let first where first.isASCII && first.isNumber: kind = try number()
        case let first where first.isLetter || first == "_": kind = .word(word())
        case let first: kind = .symbol(try symbol(first))
        }
        return ExpressionToken(kind: kind, column: start + 1, source: String(characters[start..<position]))
    }

    /// The character in half width; quotes stay as they are.
    private func character(at index: Int) -> Character {
        let character = characters[index]
        guard !character.isASCII, character != "＇", let scalar = character.unicodeScalars.first,
            character.unicodeScalars.count == 1
        else { return character }
        switch character {
        case "、": return ","
        default: return Character(TextNormalisation.halfWidth(scalar))
        }
    }

    private mutating func quoted(closing: Set<Character>) throws(ExpressionError) -> String {
        let start = position
        position += 1
        var text = ""
        while position < characters.count {
            let character = characters[position]
            position += 1
            guard closing.contains(character) else {
                text.append(character)
                continue
            }
            guard position < characters.count, characters[position] == character else { return text }
            text.append(character)
            position += 1
        }
        throw ExpressionError(column: start + 1, .expressionUnterminated)
    }

    private mutating func number() throws(ExpressionError) -> ExpressionToken.Kind {
        let start = position
        var text = ""
        var seenPoint = false
        while position < characters.count {
            let next = character(at: position)
            if next == ".", !seenPoint, position + 1 < characters.count, Self.isDigit(character(at: position + 1)) {
                seenPoint = true
            } else if !Self.isDigit(next) {
                break
            }
            text.append(next)
            position += 1
        }
        var exponent = 0
        while position < characters.count, let power = Self.powers[characters[position]] {
            exponent += power
            text.append(characters[position])
            position += 1
        }
        if position < characters.count, character(at: position).isLetter || character(at: position) == "_" {
            throw ExpressionError(
                column: position + 1,
                .expressionBadCharacter,
                ["found": .text(String(characters[position]))]
            )
        }
        if exponent > 0 {
            guard let value = LenientInput.plainNumber(text) else {
                throw ExpressionError(column: start + 1, .expressionBadNumber, ["found": .text(text)])
            }
            return .number(value)
        }
        if seenPoint {
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
        }
        guard let value = FixedDecimal(text) else {
            throw ExpressionError(column: start + 1, .expressionBadNumber, ["found": .text(text)])
        }
        return .number(value)
    }

    /// The ten thousands that may stand behind a number, as in what people type: `10万`.
    private static let powers: [Character: Int] = ["万": 4, "萬": 4, "亿": 8, "億": 8]

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    private mutating func word() -> String {
        var text = ""
        while position < characters.count {
            let next = character(at: position)
            guard next.isLetter || next.isNumber || next == "_" else { break }
            text.append(next)
            position += 1
        }
        return text
    }

    private mutating func symbol(_ first: Character) throws(ExpressionError) -> ExpressionToken.Symbol {
        let second = position + 1 < characters.count ? character(at: position + 1) : " "
        switch (first, second) {
        case ("<", ">"), ("!", "="):
            position += 2
            return .notEqual
        case ("<", "="):
            position += 2
            return .lessOrEqual
        case (">", "="):
            position += 2
            return .greaterOrEqual
        default: break
        }
        let symbol: ExpressionToken.Symbol? =
            switch first {
            case "≠": .notEqual
            case "≤": .lessOrEqual
            case "≥": .greaterOrEqual
            default: ExpressionToken.Symbol(rawValue: String(first))
            }
        guard let symbol else {
            throw ExpressionError(
                column: position + 1,
                .expressionBadCharacter,
                ["found": .text(String(characters[position]))]
            )
        }
        position += 1
        return symbol
    }
}
