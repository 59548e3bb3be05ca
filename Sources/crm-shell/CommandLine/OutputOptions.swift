import ArgumentParser
import CRMPlatform

/// What a command writes into the file that `-o` names.
protocol OutputMeaning {
    /// The help of `-o`.
    static var help: MessageKey { get }
}

/// The options `-o` and `--force` of a command that gives its output to a file or to standard output.
struct OutputOptions<Meaning: OutputMeaning>: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(Meaning.help.help, valueName: "out")
    )
    var output: String?
    @Flag(help: ArgumentHelp(MessageKey.helpForce.help)) var force = false

    /// Where the output goes.
    var target: OutputTarget { OutputTarget(output, force: force) }
}

/// The page of a print.
enum PrintOutput: OutputMeaning {
    static var help: MessageKey { .helpOutput }
}

/// The records of an export.
enum ExportOutput: OutputMeaning {
    static var help: MessageKey { .helpExportOutput }
}

/// The table or text that a report or a command gives.
enum ResultOutput: OutputMeaning {
    static var help: MessageKey { .helpResultOutput }
}
