import CRMPlatform

/// The arguments of a dot command: words, options, and the text between them as it was typed.
struct DotArguments {
    /// The words that are no options, in order, without quotes.
    let positional: [String]

    private let words: LineWords
    private let options: [String: [String]]
    private let plainPositions: [Int]
    private let command: String

    /// Reads the arguments of `command`; `valued` are the options that have a value, `flags` those that have none.
    ///
    /// - Throws: `PlatformError` `invalidInput` when a quote is left open or an option is unknown or lacks its value.
    init(
        _ text: String,
        of command: String,
        valued: Set<String> = [],
        flags: Set<String> = []
    ) throws(PlatformError) {
        let words = LineWords(text)
        var options: [String: [String]] = [:]
        var plain: [Int] = []
        var position = 0
        while position < words.words.count {
            let word = words.words[position]
            position += 1
            guard Self.looksLikeOption(word, known: valued.union(flags)) else {
                plain.append(position - 1)
                continue
            }
            let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if flags.contains(name), parts.count == 1 {
                options[name, default: []].append("")
            } else if valued.contains(name), parts.count == 2 {
                options[name, default: []].append(String(parts[1]))
            } else if valued.contains(name), position < words.words.count {
                options[name, default: []].append(words.words[position].text)
                position += 1
            } else if valued.contains(name) {
                throw PlatformError(.invalidInput, Message(.shellOptionValue, ["option": .text(name)]))
            } else {
                let known = valued.union(flags).sorted()
                throw PlatformError(
                    .invalidInput,
                    Message(
                        .shellUnknownOption,
                        [
                            "option": .text(name), "command": .text(command),
                            "known": .text(known.isEmpty ? "-" : known.joined(separator: " ")),
                        ]
                    )
                )
            }
        }
        self.words = words
        self.options = options
        self.command = command
        plainPositions = plain
        positional = plain.map { words.words[$0].text }
    }

    /// Two dashes always mean an option; one dash may be a minus in an expression and means one only when it is known.
    private static func looksLikeOption(_ word: LineWords.Word, known: Set<String>) -> Bool {
        guard !word.isQuoted || word.text.contains("=") else { return false }
        if known.contains(word.text) { return true }
        guard word.text.hasPrefix("--"), let first = word.text.dropFirst(2).first else { return false }
        return first.isLetter && first.isASCII
    }

    /// The word at a position.
    ///
    /// - Throws: `PlatformError` `invalidInput` that says what is missing and how the command is used.
    func required(_ position: Int, _ what: MessageKey) throws(PlatformError) -> String {
        guard position < positional.count else {
            throw PlatformError(
                .invalidInput,
                Message(
                    .shellMissingArgument,
                    ["what": .message(Message(what)), "command": .text(command)]
                )
            )
        }
        return positional[position]
    }

    /// The word at a position, nil when there are not so many.
    func optional(_ position: Int) -> String? { position < positional.count ? positional[position] : nil }

    /// The text from a word on as it was typed, with its quotes but without options.
    ///
    /// An expression that was put into double quotes as a whole, as on a command line, is taken out of them.
    func raw(from position: Int) -> String {
        guard position < plainPositions.count else { return "" }
        if position == plainPositions.count - 1 {
            let typed = words.line[words.words[plainPositions[position]].range]
            let inner = typed.dropFirst().dropLast()
            if typed.first == "\"", typed.last == "\"", inner.contains(where: "=<>'".contains), !inner.contains("\"") {
                return String(inner)
            }
        }
        var pieces: [String] = []
        var previous: Int?
        for index in plainPositions[position...] {
            let range = words.words[index].range
            if let last = previous, last == index - 1, let joined = pieces.popLast() {
                // Neighbours keep the blanks between them: they may stand inside an expression's text.
                pieces.append(joined + words.line[words.words[last].range.upperBound..<range.upperBound])
            } else {
                pieces.append(String(words.line[range]))
            }
            previous = index
        }
        return pieces.joined(separator: " ")
    }

    /// The value of an option, nil when it was not given.
    func option(_ name: String) -> String? { options[name]?.last }

    /// All values of an option that may be repeated.
    func all(_ name: String) -> [String] { options[name] ?? [] }

    /// Whether a flag was given.
    func has(_ name: String) -> Bool { options[name] != nil }

    /// A whole number above 0 from an option.
    ///
    /// - Throws: `PlatformError` `invalidInput` when the text is no such number.
    func number(_ name: String) throws(PlatformError) -> Int64? {
        guard let text = option(name) else { return nil }
        guard let number = Int64(text), number > 0 else { throw Self.noNumber(text, for: name) }
        return number
    }

    /// Says that an option takes a whole number above 0.
    static func noNumber(_ text: String, for option: String) -> PlatformError {
        PlatformError(.invalidInput, Message(.shellNumberExpected, ["option": .text(option), "text": .text(text)]))
    }
}
