/// The arguments of a call, and the entries of a table, as ranges of words.
struct LuaArguments {
    /// An entry of a table.
    struct Entry {
        /// The name or the text before `=`; nil for an element of a list, and for a key that is computed.
        let key: LuaTokens.Token?
        /// The words of the value.
        let value: Range<Int>
    }

    /// The words of each argument, none when no call begins there.
    let ranges: [Range<Int>]

    /// Takes the call that begins at a place: `(…)`, `"text"` or `{…}`.
    init(_ tokens: [LuaTokens.Token], behind place: Int) {
        guard tokens.indices.contains(place) else {
            ranges = []
            return
        }
        if tokens[place].isSign("(") {
            ranges = Self.parts(tokens, from: place + 1, until: ")").parts
        } else if tokens[place].kind == .string {
            ranges = [place..<place + 1]
        } else if tokens[place].isSign("{") {
            ranges = [place..<Self.parts(tokens, from: place + 1, until: "}").end + 1]
        } else {
            ranges = []
        }
    }

    /// The entries of a table that is all of a range; none when it is more than a table.
    static func entries(_ tokens: [LuaTokens.Token], _ range: Range<Int>) -> [Entry] {
        let (parts, end) = parts(tokens, from: range.lowerBound + 1, until: "}")
        guard end + 1 == range.upperBound else { return [] }
        return parts.map { part in
            let first = tokens[part.lowerBound]
            if first.kind == .name, part.count > 1, tokens[part.lowerBound + 1].isSign("=") {
                return Entry(key: first, value: part.lowerBound + 2..<part.upperBound)
            }
            guard first.isSign("[") else { return Entry(key: nil, value: part) }
            let close = closing(tokens, from: part.lowerBound + 1)
            let isText = close == part.lowerBound + 2 && tokens[part.lowerBound + 1].kind == .string
            return Entry(
                key: isText ? tokens[part.lowerBound + 1] : nil,
                value: min(close + 2, part.upperBound)..<part.upperBound
            )
        }
    }

    private static func closing(_ tokens: [LuaTokens.Token], from start: Int) -> Int {
        parts(tokens, from: start, until: "]").end
    }

    /// The parts between commas up to the sign that closes, and its place.
    private static func parts(
        _ tokens: [LuaTokens.Token],
        from start: Int,
        until close: String
    ) -> (parts: [Range<Int>], end: Int) {
        var parts: [Range<Int>] = []
        var begin = start
        var depth = 0
        var place = start
        while place < tokens.count {
            let token = tokens[place]
            if depth == 0, token.isSign(close) { break }
            depth += step(token)
            if depth == 0, token.isSign(",") || token.isSign(";") {
                if begin < place { parts.append(begin..<place) }
                begin = place + 1
            }
            place += 1
        }
        if begin < place { parts.append(begin..<place) }
        return (parts, place)
    }

    /// How a word changes how deep one stands in brackets and blocks.
    private static func step(_ token: LuaTokens.Token) -> Int {
        switch (token.kind, token.text) {
        case (.sign, "("), (.sign, "["), (.sign, "{"): 1
        case (.sign, ")"), (.sign, "]"), (.sign, "}"): -1
        case (.name, "function"), (.name, "do"), (.name, "if"), (.name, "repeat"): 1
        case (.name, "end"), (.name, "until"): -1
        default: 0
        }
    }
}
