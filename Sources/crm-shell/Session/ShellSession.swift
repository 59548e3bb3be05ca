import CRMPlatform
import Foundation

/// An open company file with everything a command of the shell needs: on whose behalf, in which language, to where.
///
/// What a command does is a method in one of the extensions; sub-commands and dot commands call the same ones.
final class ShellSession {
    /// The company file.
    let platform: Platform
    /// Where output goes.
    let console: Console
    /// On whose behalf everything is done.
    let principal = Principal.administrator
    /// On whose behalf and in which language a unit of work runs.
    var unit: UnitContext { UnitContext(principal, language: language, origin: .shell) }
    /// The language of labels and messages.
    var language: Language
    /// Whether output is JSON.
    var isJSON: Bool
    /// Whether errors are told with their code.
    var isVerbose = false
    /// Whether the file is open without the code of its plugins.
    var isSafe = false
    /// What was told already of linked plugins that do not load.
    var toldLinkErrors: [PluginID: String] = [:]

    /// Begins a session on an open file.
    init(platform: Platform, console: Console, language: Language, isJSON: Bool) {
        self.platform = platform
        self.console = console
        self.language = language
        self.isJSON = isJSON
    }

    /// The metadata as it is now, for labels and widths.
    ///
    /// Should it not be readable now, it is what was read last: what is to be done with the file tells why.
    var catalog: Catalog {
        if let current = try? platform.catalog { lastCatalog = current }
        return lastCatalog
    }
    private var lastCatalog = Catalog.empty

    /// The process, for what needs no company.
    var process: ShellProcess {
        ShellProcess(console: console, language: language, isJSON: isJSON, isVerbose: isVerbose, isSafe: isSafe)
    }

    /// The columns of the terminal, nil when the output goes elsewhere.
    var width: Int? { console.width }

    /// How errors are shown.
    var errors: ErrorRendering {
        var rendering = ErrorRendering(language: language, catalog: catalog)
        rendering.isVerbose = isVerbose
        return rendering
    }

    /// A message of the shell in the language of the session, safe for terminals: what is quoted in it stays on its line.
    func say(_ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) -> String {
        Message(key, arguments).safeText(in: language)
    }

    /// Writes a message of the shell, made safe for terminals, as a line.
    func report(_ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) {
        console.line(say(key, arguments))
    }

    /// Writes a message of the shell as a line, or in a terminal as several that end between words.
    func paragraph(_ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) {
        let text = say(key, arguments)
        guard let width else { return console.line(text) }
        for line in DisplayWidth.wrapped(text, to: width) { console.line(line) }
    }

    /// Writes a message of the platform as a line, or as `{"message": …}`.
    func report(_ message: Message) {
        console.line(message.safeText(in: language))
    }

    /// A table of texts.
    func table(_ columns: [(MessageKey, DisplayWidth.Alignment)], _ rows: [[String]]) -> String {
        var table = TextTable(
            columns: columns.map { TextTable.Column(say($0.0), alignment: $0.1) },
            language: language
        )
        table.rows = rows
        table.maximumWidth = width
        return table.rendered()
    }

    /// A table of texts of which columns say what becomes of them when there is not enough room.
    ///
    /// - Parameters:
    ///   - isWide: Whether it is as wide as it gets; nil when nobody can ask for that.
    ///   - columns: The headings and what becomes of the columns.
    ///   - rows: The texts.
    /// - Returns: Lines, each with a line feed.
    func table(
        isWide: Bool? = nil,
        fitting columns: [(MessageKey, TextTable.Fit)],
        _ rows: [[String]]
    ) -> String {
        var table = TextTable(
            columns: columns.map { TextTable.Column(say($0.0), fit: $0.1) },
            language: language
        )
        table.rows = rows
        table.maximumWidth = isWide == true ? nil : width
        if isWide != nil { table.hiddenHint = Message(.shellHiddenHintWide) }
        return table.rendered()
    }

    /// The object that people mean by a name or label.
    func object(_ text: String) throws(PlatformError) -> ObjectDefinition {
        try platform.catalog.object(calledByPeople: text)
    }

    /// The field that people mean by a name, label or alias.
    ///
    /// - Throws: `PlatformError` `invalidInput` with the nearest name.
    func field(_ text: String, of object: ObjectDefinition) throws(PlatformError) -> FieldDefinition {
        if let field = try object.field(calledByPeople: text) { return field }
        throw PlatformError(.invalidInput, unknownField(text, of: object), context: ErrorContext(object: object.name))
    }

    /// That an object has no field of a name, with the nearest name.
    func unknownField(_ text: String, of object: ObjectDefinition) -> Message {
        let nearest = object.nameNearest(to: text)
        let hint =
            nearest.map { say(.shellMeant, ["name": .text($0)]) }
            ?? say(.shellDescribeHint, ["object": .text(object.name.rawValue)])
        return Message(.unknownField, ["object": .label(object.label), "field": .text(text), "hint": .text(hint)])
    }
}

extension MessageKey {
    static let shellDescribeHint = MessageKey(
        "shell.describe_hint",
        zhCN: "；describe {object} 列出全部字段",
        zhTW: "；describe {object} 列出全部欄位",
        en: "; describe {object} lists the fields"
    )
}
