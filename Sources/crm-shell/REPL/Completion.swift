import CRMPlatform

/// What a completion does to the line.
struct Completion: Equatable {
    /// How many Unicode scalars before the cursor are taken away first.
    var deletedScalars = 0
    /// What is put in at the cursor.
    var insertion = ""
    /// What is shown below the line, when there is a choice.
    var listing: [String] = []

    /// Nothing to complete.
    static let none = Completion()
}

/// Something that may stand at the cursor.
struct CompletionCandidate: Equatable {
    /// The text that is inserted.
    let text: String
    /// What the listing shows.
    let shown: String
    /// What follows when this is the only candidate, such as a blank or `=`.
    let suffix: String
    /// Further texts under which people may begin to type it, such as a label.
    let aliases: [String]

    /// Makes a candidate.
    init(_ text: String, shown: String? = nil, suffix: String = "", aliases: [String] = []) {
        self.text = text
        self.shown = shown ?? text
        self.suffix = suffix
        self.aliases = aliases
    }

    /// A thing with an API name and a label: found by both, shown with both.
    static func named(
        _ name: String,
        label: LocalizedText,
        aliases: [String] = [],
        suffix: String,
        language: Language
    ) -> CompletionCandidate {
        let label = label.text(in: language)
        return CompletionCandidate(
            name,
            shown: label == name ? name : "\(name) \(label)",
            suffix: suffix,
            aliases: [label] + aliases
        )
    }
}

extension Completion {
    /// The completion of `typed`, which stands right before the cursor, by the candidates that begin with it.
    ///
    /// Capital letters do not matter. A candidate whose label begins with what was typed is inserted by its name.
    static func choosing(_ typed: String, from candidates: [CompletionCandidate]) -> Completion {
        let wanted = typed.lowercased()
        var seen: Set<String> = []
        let fitting = candidates.filter { candidate in
            let fits =
                candidate.text.lowercased().hasPrefix(wanted)
                || (!wanted.isEmpty && candidate.aliases.contains { $0.lowercased().hasPrefix(wanted) })
            return fits && seen.insert(candidate.text).inserted
        }
        guard let first = fitting.first else { return .none }
        if fitting.count == 1 { return replacing(typed, by: first.text + first.suffix, listing: []) }
        var common = first.text[...]
        for candidate in fitting.dropFirst() {
            let length = zip(common, candidate.text).prefix { $0 == $1 }.count
            common = common.prefix(length)
        }
        let makesProgress = common.count > typed.count && common.lowercased().hasPrefix(wanted)
        // With nothing typed all that is common is a quotation mark or the like: the choice is shown at once.
        let listing = typed.isEmpty ? fitting.map(\.shown) : []
        if makesProgress { return replacing(typed, by: String(common), listing: listing) }
        return Completion(listing: fitting.map(\.shown))
    }

    private static func replacing(_ typed: String, by text: String, listing: [String]) -> Completion {
        if text.hasPrefix(typed) {
            return Completion(insertion: String(text.dropFirst(typed.count)), listing: listing)
        }
        return Completion(deletedScalars: typed.unicodeScalars.count, insertion: text, listing: listing)
    }
}

/// Candidates side by side, as many as the terminal holds.
enum CompletionListing {
    /// The greatest number of candidates shown.
    static let most = 120

    /// The candidates in columns, without a line feed at the end.
    static func text(_ candidates: [String], width: Int) -> String {
        let shown = candidates.prefix(most).map { DisplayWidth.escapingControls($0) }
        let column = min(max((shown.map { DisplayWidth.columns(of: $0) }.max() ?? 0) + 2, 4), max(width, 4))
        let perLine = max(1, width / column)
        var lines: [String] = []
        for start in stride(from: 0, to: shown.count, by: perLine) {
            let cells = shown[start..<min(start + perLine, shown.count)]
            let line = cells.map { DisplayWidth.padded($0, to: column) }.joined()
            lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
        }
        if candidates.count > most { lines.append("… +\(candidates.count - most)") }
        return lines.joined(separator: "\n")
    }
}

/// What can be completed in a file, as it is now.
struct CompletionSource: Sendable {
    /// The metadata.
    var catalog: Catalog
    /// The language of labels.
    var language: Language
    /// The names and titles of reports, print templates and plugin commands.
    var reports: [(String, LocalizedText)] = []
    /// The print templates.
    var templates: [(String, LocalizedText)] = []
    /// The commands of plugins.
    var commands: [(String, LocalizedText)] = []
    /// The plugins of the file.
    var plugins: [(String, LocalizedText)] = []
    /// The functions of Lua.
    var functions = LuaFunctions(annotations: "")

    /// What a session offers.
    ///
    /// Completing a line is no place for errors: what cannot be read now is not offered, and the line itself will tell.
    init(_ session: ShellSession, functions: LuaFunctions) {
        self.init(catalog: session.catalog, language: session.language)
        self.functions = functions
        let platform = session.platform
        reports = (try? platform.reports.map { ($0.callName, $0.title) }) ?? []
        templates = (try? platform.printTemplates.map { ($0.callName, $0.title) }) ?? []
        commands = (try? platform.commands.map { ($0.callName, $0.title) }) ?? []
        plugins = (try? platform.plugins.map { ($0.id.rawValue, $0.title) }) ?? []
    }

    /// A catalog alone.
    init(catalog: Catalog, language: Language) {
        self.catalog = catalog
        self.language = language
    }

    /// The objects, each followed by `suffix`.
    func objects(suffix: String) -> [CompletionCandidate] {
        catalog.sortedObjects.map {
            .named($0.name.rawValue, label: $0.label, suffix: suffix, language: language)
        }
    }

    /// The fields of an object, each followed by `suffix`.
    func fields(of object: ObjectDefinition, suffix: String, writableOnly: Bool = false) -> [CompletionCandidate] {
        object.fields.filter { !writableOnly || !($0.isSystem || $0.type == .autoNumber || $0.storage == .none) }.map {
            .named($0.name.rawValue, label: $0.label, aliases: $0.aliases, suffix: suffix, language: language)
        }
    }

    /// The values of a picklist field between quotes, or yes and no; empty for other fields.
    func values(of field: FieldDefinition, quote: String, suffix: String = "") -> [CompletionCandidate] {
        if field.type == .boolean { return ["true", "false"].map { CompletionCandidate($0, suffix: suffix) } }
        let options = catalog.dictionary(of: field)?.options.filter { !$0.isRetired } ?? []
        return options.map { option in
            let label = option.label.text(in: language)
            return CompletionCandidate(
                quote + option.value + quote,
                shown: label == option.value ? label : "\(option.value) \(label)",
                suffix: suffix,
                aliases: ([label] + option.aliases).map { quote + $0 }
            )
        }
    }
}
