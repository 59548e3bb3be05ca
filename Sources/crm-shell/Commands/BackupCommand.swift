import ArgumentParser
import CRMPlatform

/// The command `backup FILE -o COPY`.
struct Backup: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup",
            abstract: MessageKey.helpBackup.help,
            discussion: HelpExamples.backup
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(MessageKey.helpBackupOutput.help, valueName: "copy")
    )
    var output: String
    @Flag(help: ArgumentHelp(MessageKey.helpForce.help)) var force = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.backup(to: OutputTarget(output, force: force)) }
    }
}
