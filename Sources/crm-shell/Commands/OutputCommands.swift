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
    @OptionGroup var output: OutputOptions<PrintOutput>
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { session in
            guard let template else { return try session.listTemplates() }
            guard let record else { throw try session.printIncomplete() }
            try session.printRecord(template: template, record: record, to: output.target)
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
    @OptionGroup var output: OutputOptions<ResultOutput>
    @Option(help: ArgumentHelp(MessageKey.helpHTML.help, valueName: "out")) var html: String?
    @Option(help: ArgumentHelp(MessageKey.helpCSV.help, valueName: "out")) var csv: String?
    @Flag(help: ArgumentHelp(MessageKey.helpWide.help)) var wide = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { session in
            guard let name else { return try session.listReports() }
            let files = ResultFiles(output: output.output, html: html, csv: csv, force: output.force)
            try session.runReport(name, words + parameters, to: files, isWide: wide)
        }
    }
}
