/// A line taken apart into words, as dot commands read it.
///
/// Blanks separate words; text in single or double quotes stays together, also in the middle of a word
/// (`name="Acme Ltd"`). A backslash takes the next character literally outside single quotes.
struct LineWords {
    /// One word.
    struct Word {
        /// The text without quotes and backslashes.
        let text: String
        /// Where it stands in the line, with its quotes.
        let range: Range<String.Index>
        /// Whether any part of it was quoted.
        let isQuoted: Bool
    }

    /// The line.
    let line: String
    /// The words in order.
    let words: [Word]
    /// The quote that is still open at the end of the line, nil when none is.
    let openQuote: Character?

    /// Takes a line apart.
    init(_ line: String) {
        var words: [Word] = []
        var open: Character?
        var text = ""
        var start: String.Index?
        var isQuoted = false
        var index = line.startIndex
        while index < line.endIndex {
            let character = line[index]
            let next = line.index(after: index)
            if open == nil, character.isWhitespace {
                if let begin = start {
                    words.append(Word(text: text, range: begin..<index, isQuoted: isQuoted))
                    (text, start, isQuoted) = ("", nil, false)
                }
                index = next
                continue
            }
            if start == nil { start = index }
            index = next
            if character == open {
                open = nil
            } else if open == nil, character == "'" || character == "\"" {
                open = character
                isQuoted = true
            } else if character == "\\", open != "'", next < line.endIndex {
                text.append(line[next])
                index = line.index(after: next)
            } else {
                text.append(character)
            }
        }
        if let begin = start { words.append(Word(text: text, range: begin..<line.endIndex, isQuoted: isQuoted)) }
        self.line = line
        self.words = words
        openQuote = open
    }

    /// The words as text.
    var texts: [String] { words.map(\.text) }

    /// The line from the word at `position` on, as it was typed; empty when there are not so many words.
    func rest(from position: Int) -> String {
        guard position < words.count else { return "" }
        var end = line.endIndex
        while end > line.startIndex, line[line.index(before: end)].isWhitespace { end = line.index(before: end) }
        return String(line[words[position].range.lowerBound..<end])
    }
}
