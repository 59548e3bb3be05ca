import ArgumentParser
import CRMPlatform

/// The command `find FILE OBJECT [EXPRESSION]`.
struct Find: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "find", abstract: MessageKey.helpFind.help, discussion: HelpExamples.find)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpObject.help)) var object: String
    @Argument(help: ArgumentHelp(MessageKey.helpExpression.help)) var expression: [String] = []
    @OptionGroup var page: PageOptions
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let request = try page.request(object, expression)
        try process.withSession(file) { try $0.find(request) }
    }
}

/// The command `count FILE OBJECT [EXPRESSION]`.
struct Count: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "count", abstract: MessageKey.helpCount.help, discussion: HelpExamples.count)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpObject.help)) var object: String
    @Argument(help: ArgumentHelp(MessageKey.helpExpression.help)) var expression: [String] = []
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.count(object, expression.joined(separator: " ")) }
    }
}

/// The command `show FILE RECORD`.
struct Show: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: MessageKey.helpShow.help, discussion: HelpExamples.show)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpRecord.help)) var record: String
    @Flag(help: ArgumentHelp(MessageKey.helpWide.help)) var wide = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.show(record, isWide: wide) }
    }
}

/// The command `history FILE RECORD`.
struct History: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history",
            abstract: MessageKey.helpHistory.help,
            discussion: HelpExamples.history
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpRecord.help)) var record: String
    @Flag(help: ArgumentHelp(MessageKey.helpWide.help)) var wide = false
    @Flag(help: ArgumentHelp(MessageKey.helpBlock.help)) var block = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.history(record, as: block ? .blocks : wide ? .wide : .table) }
    }
}

/// The command `search FILE TEXT`.
struct Search: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "search",
            abstract: MessageKey.helpSearch.help,
            discussion: HelpExamples.search
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpText.help)) var text: [String]
    @Option(help: ArgumentHelp(MessageKey.helpSearchObject.help)) var object: String?
    @Option(parsing: .unconditional, help: ArgumentHelp(MessageKey.helpLimit.help, valueName: "n")) var limit = 20
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        guard limit > 0 else { throw DotArguments.noNumber(String(limit), for: "--limit") }
        try process.withSession(file) {
            try $0.search(text.joined(separator: " "), object: object, limit: limit)
        }
    }
}
