import ArgumentParser
import CRMPlatform

/// The command `create FILE OBJECT field=value …`.
struct Create: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: MessageKey.helpCreate.help,
            discussion: HelpExamples.create
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpObject.help)) var object: String
    @Argument(help: ArgumentHelp(MessageKey.helpAssignments.help, valueName: "field=value")) var values: [String] = []
    @Flag(help: ArgumentHelp(MessageKey.helpExplain.help)) var explain = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.create(object, SaveRequest(assignments: values, explains: explain)) }
    }
}

/// The command `update FILE RECORD field=value …`.
struct Update: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "update",
            abstract: MessageKey.helpUpdate.help,
            discussion: HelpExamples.update
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpRecord.help)) var record: String
    @Argument(help: ArgumentHelp(MessageKey.helpAssignments.help, valueName: "field=value")) var values: [String] = []
    @Option(
        name: .customLong("version"),
        parsing: .unconditional,
        help: ArgumentHelp(MessageKey.helpVersion.help, valueName: "n")
    )
    var expectedVersion: Int64?
    @Flag(help: ArgumentHelp(MessageKey.helpExplain.help)) var explain = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let request = SaveRequest(assignments: values, version: expectedVersion, explains: explain)
        try process.withSession(file) { try $0.update(record, request) }
    }
}

/// The command `delete FILE RECORD`.
struct Delete: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: MessageKey.helpDelete.help,
            discussion: HelpExamples.delete
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpRecord.help)) var record: String
    @Option(
        name: .customLong("version"),
        parsing: .unconditional,
        help: ArgumentHelp(MessageKey.helpVersion.help, valueName: "n")
    )
    var expectedVersion: Int64?
    @Flag(help: ArgumentHelp(MessageKey.helpExplain.help)) var explain = false
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let request = DeletionRequest(
            version: expectedVersion,
            isDryRun: consent.dryRun,
            isAgreed: consent.yes,
            explains: explain
        )
        try process.withSession(file) { try $0.delete(record, request) }
    }
}
