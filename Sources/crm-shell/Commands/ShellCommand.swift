import ArgumentParser
import CRMPlatform

/// A sub-command of the shell.
protocol ShellCommand: ParsableCommand {
    /// The options that every command has.
    var global: GlobalOptions { get }

    /// Does what the command is for.
    func execute(in process: ShellProcess) throws
}

/// The options that every command has.
///
/// ``ShellProcess`` reads them before anything is parsed, for help and errors.
struct GlobalOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: ArgumentHelp(MessageKey.helpJSON.help))
    var json = false

    @Option(name: .customLong("lang"), help: ArgumentHelp(MessageKey.helpLang.help, valueName: "zh-CN|zh-TW|en"))
    var lang: String?

    @Flag(name: .customLong("verbose"), help: ArgumentHelp(MessageKey.helpVerbose.help))
    var verbose = false

    @Flag(name: .customLong("safe"), help: ArgumentHelp(MessageKey.helpSafe.help))
    var safe = false

    /// Refuses languages that are not there.
    ///
    /// - Throws: `PlatformError` `invalidInput`.
    func check() throws(PlatformError) {
        if let lang, Language(tag: lang) == nil {
            throw PlatformError(.invalidInput, Message(.shellLanguageUnknown, ["text": .text(lang)]))
        }
    }
}

/// The options of what takes more away than its name says.
struct ConsentOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(MessageKey.helpPlan.help))
    var dryRun = false

    @Flag(name: [.customShort("y"), .customLong("yes")], help: ArgumentHelp(MessageKey.helpYes.help))
    var yes = false
}

/// The options of a page of records.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp(MessageKey.helpSort.help, valueName: "name desc, id"))
    var sort: String?

    @Option(parsing: .unconditional, help: ArgumentHelp(MessageKey.helpLimit.help, valueName: "n"))
    var limit = 50

    @Option(help: ArgumentHelp(MessageKey.helpFields.help, valueName: "a,b"))
    var fields: String?

    @Option(help: ArgumentHelp(MessageKey.helpAfter.help, valueName: "cursor"))
    var after: String?

    @Flag(help: ArgumentHelp(MessageKey.helpWide.help)) var wide = false

    @Flag(help: ArgumentHelp(MessageKey.helpBlock.help)) var block = false

    /// The request for these options.
    ///
    /// - Throws: `PlatformError` `invalidInput` when the limit is not above 0.
    func request(_ object: String, _ expression: [String]) throws(PlatformError) -> FindRequest {
        guard limit > 0 else { throw DotArguments.noNumber(String(limit), for: "--limit") }
        return FindRequest(
            object: object,
            expression: expression.joined(separator: " "),
            sort: sort,
            limit: limit,
            fields: fields,
            after: after,
            form: block ? .blocks : wide ? .wide : .table
        )
    }
}
