import ArgumentParser
import CRMPlatform

/// The command `print FILE [TEMPLATE RECORD] [-o OUT]`.
struct Print: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "print", abstract: MessageKey.helpPrint.help, discussion: HelpExamples.print)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpTemplate.help)) var template: String?
    @Argument(help: ArgumentHelp(MessageKey.helpRecord.help)) var record: String?
    @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp(MessageKey.helpOutput.help))
    var output: String?
    @Flag(help: ArgumentHelp(MessageKey.helpForce.help)) var force = false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if template != nil, record == nil { throw ValidationError(MessageKey.helpPrintRecord.help) }
    }

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { session in
            guard let template, let record else { return try session.listTemplates() }
            try session.printRecord(template: template, record: record, to: OutputTarget(output, force: force))
        }
    }
}

/// The command `report FILE [NAME] [VALUE | k=v …] [-o OUT]`.
struct Report: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "report",
            abstract: MessageKey.helpReport.help,
            discussion: HelpExamples.report
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpReportName.help)) var name: String?
    @Argument(help: ArgumentHelp(MessageKey.helpParameters.help, valueName: "k=v")) var words: [String] = []
    @Option(name: .customLong("param"), help: ArgumentHelp(MessageKey.helpParam.help, valueName: "k=v"))
    var parameters: [String] = []
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(MessageKey.helpResultOutput.help, valueName: "out")
    )
    var output: String?
    @Option(help: ArgumentHelp(MessageKey.helpHTML.help, valueName: "out")) var html: String?
    @Option(help: ArgumentHelp(MessageKey.helpCSV.help, valueName: "out")) var csv: String?
    @Flag(help: ArgumentHelp(MessageKey.helpForce.help)) var force = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { session in
            guard let name else { return try session.listReports() }
            let files = ResultFiles(output: output, html: html, csv: csv, force: force)
            try session.runReport(name, words + parameters, to: files)
        }
    }
}
