import ArgumentParser
import CRMPlatform

/// The command `run FILE SCRIPT [ARGUMENTS]`.
struct Run: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "run", abstract: MessageKey.helpRun.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpScript.help)) var script: String
    @Argument(help: ArgumentHelp(MessageKey.helpScriptArguments.help)) var arguments: [String] = []
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.runScript(script, arguments: arguments) }
    }
}

/// The command `command FILE [NAME] [VALUE | k=v …] [-o OUT]`.
struct RunPluginCommand: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "command",
            abstract: MessageKey.helpCommand.help,
            discussion: HelpExamples.command
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpCommandName.help)) var name: String?
    @Argument(help: ArgumentHelp(MessageKey.helpParameters.help, valueName: "k=v")) var words: [String] = []
    @OptionGroup var output: OutputOptions<ResultOutput>
    @Flag(help: ArgumentHelp(MessageKey.helpWide.help)) var wide = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { session in
            guard let name else { return try session.listCommands() }
            let files = ResultFiles(output: output.output, force: output.force)
            try session.runCommand(name, words, to: files, isWide: wide)
        }
    }
}

/// The command `sandbox SCRIPT [AFTER]`.
struct Sandbox: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "sandbox", abstract: MessageKey.helpSandbox.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpScript.help)) var script: String
    @Argument(help: ArgumentHelp(MessageKey.helpSandboxAfter.help)) var after: String?
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let outcome = try Platform.sandbox(script: script, after: after)
        if process.isJSON {
            process.console.json([
                "outcome": .string(outcome.outcome),
                "cpu_seconds": .number(DecimalText.thousandths(outcome.cpuSeconds)),
                "peak_kb": .count(outcome.peakKilobytes), "steps": .count(outcome.steps),
                "canary": .boolean(outcome.canaryHolds), "text": .string(outcome.text),
            ])
        } else {
            let lines = [
                "outcome: \(outcome.outcome)", "cpu_seconds: \(DecimalText.thousandths(outcome.cpuSeconds))",
                "peak_kb: \(outcome.peakKilobytes)", "steps: \(outcome.steps)", "canary: \(outcome.canaryHolds)",
                "text: " + DisplayWidth.escapingControls(outcome.text),
            ]
            process.console.line(lines.joined(separator: "\n"))
        }
    }
}
