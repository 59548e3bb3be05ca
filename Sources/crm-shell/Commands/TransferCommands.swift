import ArgumentParser
import CRMPlatform

/// The command `import FILE OBJECT DATA`.
struct Import: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: MessageKey.helpImport.help,
            discussion: HelpExamples.importing
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpObject.help)) var object: String
    @Argument(help: ArgumentHelp(MessageKey.helpData.help)) var data: String
    @Option(help: ArgumentHelp(MessageKey.helpMap.help)) var map: String?
    @Option(help: ArgumentHelp(MessageKey.helpSheet.help, valueName: "name")) var sheet: String?
    @Flag(help: ArgumentHelp(MessageKey.helpDryRun.help)) var dryRun = false
    @Option(help: ArgumentHelp(MessageKey.helpErrors.help, valueName: "out")) var errors: String?
    @Option(parsing: .unconditional, help: ArgumentHelp(MessageKey.helpFromRow.help, valueName: "n")) var fromRow = 1
    @Option(parsing: .unconditional, help: ArgumentHelp(MessageKey.helpHeaderRow.help, valueName: "n")) var headerRow =
        1
    @Flag(help: ArgumentHelp(MessageKey.helpForce.help)) var force = false
    @Flag(help: ArgumentHelp(MessageKey.helpAnyStage.help)) var anyStage = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        guard fromRow > 0 else { throw DotArguments.noNumber(String(fromRow), for: "--from-row") }
        guard headerRow > 0 else { throw DotArguments.noNumber(String(headerRow), for: "--header-row") }
        let request = ImportRequest(
            object: object,
            file: data,
            map: map,
            sheet: sheet,
            isDryRun: dryRun,
            errors: errors,
            force: force,
            fromRow: fromRow,
            headerRow: headerRow,
            takesAnyStage: anyStage
        )
        try process.withSession(file) { try $0.importRecords(request) }
    }
}

/// The command `export FILE OBJECT [EXPRESSION] [-o OUT]`.
struct Export: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: MessageKey.helpExport.help,
            discussion: HelpExamples.export
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpObject.help)) var object: String
    @Argument(help: ArgumentHelp(MessageKey.helpExpression.help)) var expression: [String] = []
    @OptionGroup var output: OutputOptions<ExportOutput>
    @Option(help: ArgumentHelp(MessageKey.helpFormat.help)) var format: String?
    @Option(help: ArgumentHelp(MessageKey.helpFields.help, valueName: "a,b")) var fields: String?
    @Flag(help: ArgumentHelp(MessageKey.helpLabels.help)) var labels = false
    @Option(help: ArgumentHelp(MessageKey.helpSort.help, valueName: "name desc, id")) var sort: String?
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        var request = FindRequest(
            object: object,
            expression: expression.joined(separator: " "),
            sort: sort,
            limit: Int.max
        )
        request.fields = fields
        let target = ExportTarget(file: output.target, format: format, hasLabels: labels)
        try process.withSession(file) { try $0.exportRecords(request, to: target) }
    }
}
