import ArgumentParser
import CRMPlatform
import Foundation

/// `crm-shell FILE`: the interactive shell, lines of standard input, or the lines of `-e`.
struct OpenShell: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "open", abstract: MessageKey.helpOpen.help, discussion: HelpExamples.open)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Option(
        name: .customShort("e"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(MessageKey.helpLine.help, valueName: "line")
    )
    var lines: [String] = []
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let isInteractive = lines.isEmpty && isatty(STDIN_FILENO) == 1
        let session = try process.open(file, interactive: isInteractive)
        let interpreter = Interpreter(session: session, isInteractive: isInteractive)
        do {
            if !lines.isEmpty {
                try ScriptInput(interpreter).run(lines)
            } else if isInteractive {
                try TerminalInput(interpreter).run()
            } else {
                try ScriptInput(interpreter).runStandardInput()
            }
        } catch {
            // Why the lines ended comes first.
            try? session.end()
            throw error
        }
        try session.end()
    }
}
