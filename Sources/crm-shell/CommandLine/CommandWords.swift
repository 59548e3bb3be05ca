import CRMPlatform

/// The words of a command line, with the options that every command has brought behind the sub-command.
struct CommandWords {
    /// The words in the order in which they are parsed.
    private(set) var words: [String]
    /// The sub-command they are for.
    private(set) var page: CommandPage
    /// Whether they ask for help.
    private(set) var asksForHelp = false
    /// The word that stands where a sub-command might and names none: a file, or a slip of the pen.
    private(set) var unknown: String?

    /// Whether words can be parsed as they are: they begin with a sub-command or a file and ask for no help.
    static func areInOrder(_ words: [String]) -> Bool {
        guard let first = words.first, !first.hasPrefix("-"), first != "help" else { return false }
        if CRMShell.groupNames.contains(first) { return false }
        return !words.contains { $0 == "--help" || $0 == "-h" }
    }

    /// The words with a blank before each that begins with a minus and can be no option, such as `-amount > 3` or `-5`, so
    /// that it is taken for what it is; expressions and texts to search for do not mind.
    static func takingMinuses(_ words: [String], valued: () -> Set<String>) -> [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        guard words[..<end].contains(where: beginsWithMinus) else { return words }
        let valued = valued()
        return words.enumerated().map { index, word in
            guard index < end, beginsWithMinus(word), index == 0 || !valued.contains(words[index - 1]) else {
                return word
            }
            return " " + word
        }
    }

    private static func beginsWithMinus(_ word: String) -> Bool {
        let rest = word.dropFirst()
        guard word.first == "-", let next = rest.first, next != "-" else { return false }
        return !(next.isLetter && next.isASCII) || rest.contains { $0.isWhitespace || "<>=+*/()".contains($0) }
    }

    /// Sorts words; `root` is the page of the whole command line.
    init(_ given: [String], root: CommandPage) {
        var leading: [String] = []
        var rest = given[...]
        var page = root
        reading: while let word = rest.first {
            switch word {
            case "--json", "--verbose", "--safe":
                leading.append(word)
            case "--lang":
                leading.append(word)
                rest.removeFirst()
                if let language = rest.first { leading.append(language) }
            case _ where word.hasPrefix("--lang="):
                leading.append(word)
            case "--help", "-h":
                asksForHelp = true
            case "help" where page.path.isEmpty:
                asksForHelp = true
            default:
                guard let next = page.subcommand(word) else { break reading }
                page = next
            }
            if !rest.isEmpty { rest.removeFirst() }
        }
        // What is no sub-command is a file to be opened.
        if page.path.isEmpty, let first = rest.first, let open = root.subcommand("open") {
            unknown = first
            page = open
        } else if !page.subcommands.isEmpty {
            unknown = rest.first
        }
        let valued = page.valuedOptions
        var previous: String?
        for word in rest.prefix(while: { $0 != "--" }) {
            if word == "--help" || word == "-h", previous.map({ !valued.contains($0) }) ?? true {
                asksForHelp = true
            }
            previous = word
        }
        self.page = page
        words = page.path + leading + rest
        if !page.subcommands.isEmpty, rest.isEmpty { asksForHelp = true }
    }
}
