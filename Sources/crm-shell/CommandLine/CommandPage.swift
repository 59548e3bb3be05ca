import ArgumentParser
import CRMPlatform

/// What a sub-command is for and takes, as its declaration says.
struct CommandPage {
    /// An argument or option.
    struct Argument {
        /// What it looks like.
        enum Kind {
            /// A word at its place.
            case positional
            /// An option with a value.
            case option
            /// An option without one.
            case flag
        }

        /// What it looks like.
        let kind: Kind
        /// The names of an option with their dashes, short ones first; empty for a word at its place.
        let names: [String]
        /// What stands for the value in usages.
        let valueName: String
        /// What it is for.
        let abstract: String
        /// Whether it may be left out.
        let isOptional: Bool
        /// Whether it may be given more than once.
        let isRepeating: Bool
        /// What counts when it is left out.
        let standard: String?
        /// The values that there are; empty for any.
        let values: [String]

        /// How it stands in a usage: `<file>`, `--limit <n>`.
        var synopsis: String {
            switch kind {
            case .positional: "<\(valueName)>"
            case .option: "\(names.last ?? "") <\(valueName)>"
            case .flag: names.last ?? ""
            }
        }
    }

    /// The words that call it, without `crm-shell`.
    let path: [String]
    /// What it does.
    let abstract: String
    /// More about it; lines that begin with `$ ` are examples.
    let discussion: String
    /// What it takes.
    let arguments: [Argument]
    /// What is below it.
    let subcommands: [CommandPage]
    /// A usage that was written by hand, in lines; empty for none.
    var ownUsage = ""

    /// The whole command line.
    static var root: CommandPage {
        let dump = try? JSONParser.parse(CRMShell._dumpHelp())
        var page = CommandPage(dump?["command"] ?? .null, above: nil)
        page.ownUsage = CRMShell.configuration.usage ?? ""
        return page
    }

    private init(_ json: JSONValue, above: [String]?) {
        func text(_ value: JSONValue?) -> String { value?.stringValue ?? "" }
        path = above.map { $0 + [text(json["commandName"])] } ?? []
        abstract = text(json["abstract"])
        discussion = text(json["discussion"])
        arguments = (json["arguments"]?.arrayValue ?? []).compactMap { Argument($0) }
        let path = path
        subcommands = (json["subcommands"]?.arrayValue ?? []).filter { $0["commandName"]?.stringValue != "help" }.map {
            CommandPage($0, above: path)
        }
    }

    /// The sub-command of that name.
    func subcommand(_ name: String) -> CommandPage? { subcommands.first { $0.path.last == name } }

    /// The options that have a value, by all their names.
    var valuedOptions: Set<String> { Set(arguments.filter { $0.kind == .option }.flatMap(\.names)) }

    /// The options that every command has, which usages leave out.
    private static let everywhere: Set<String> = ["--help", "--json", "--lang", "--safe", "--verbose"]

    /// The examples.
    var examples: [String] {
        discussion.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
    }

    /// How it is called, in one line or the lines written by hand.
    var usage: String {
        guard ownUsage.isEmpty else { return ownUsage }
        var words = ["crm-shell"] + path
        if !subcommands.isEmpty { words.append("<subcommand>") }
        for argument in arguments where !Self.everywhere.contains(argument.names.last ?? "") {
            var word = argument.synopsis
            if argument.isRepeating { word += argument.kind == .positional ? " ..." : "" }
            words.append(argument.isOptional || argument.kind == .flag ? "[\(word)]" : word)
        }
        return words.joined(separator: " ")
    }
}

extension CommandPage.Argument {
    fileprivate init?(_ json: JSONValue) {
        guard json["shouldDisplay"] != .boolean(false) else { return nil }
        switch json["kind"]?.stringValue {
        case "positional": kind = .positional
        case "option": kind = .option
        default: kind = .flag
        }
        let names = (json["names"]?.arrayValue ?? []).map { name -> String in
            (name["kind"]?.stringValue == "long" ? "--" : "-") + (name["name"]?.stringValue ?? "")
        }
        self.names = names.sorted { $0.utf8.count < $1.utf8.count }
        valueName = json["valueName"]?.stringValue ?? ""
        abstract =
            names.contains("--help") ? MessageKey.helpHelp.help : json["abstract"]?.stringValue ?? ""
        isOptional = json["isOptional"] == .boolean(true)
        isRepeating = json["isRepeating"] == .boolean(true)
        let given = json["defaultValue"]?.stringValue ?? ""
        standard = given.isEmpty ? nil : given
        values = (json["allValues"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
}
