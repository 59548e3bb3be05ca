import CRMPlatform
import Foundation

extension DotCommand {
    /// The commands about reports, prints, imports and scripts.
    static let outputCommands: [DotCommand] = [
        DotCommand(
            ".report",
            "[NAME] [VALUE | K=V …] [-o OUT] [--html OUT] [--csv OUT] [--force] [--wide]",
            .helpReport,
            [.report, .text],
            valued: ["-o", "--html", "--csv", "--param"],
            flags: ["--force", "--wide"]
        ) { interpreter, arguments in
            guard let name = arguments.optional(0) else { return try interpreter.session.listReports() }
            try interpreter.session.runReport(
                name,
                Array(arguments.positional.dropFirst()) + arguments.all("--param"),
                to: ResultFiles(
                    output: arguments.option("-o"),
                    html: arguments.option("--html"),
                    csv: arguments.option("--csv"),
                    force: arguments.has("--force")
                ),
                isWide: arguments.has("--wide")
            )
        },
        DotCommand(
            ".print",
            "[TEMPLATE RECORD] [-o OUT] [--force]",
            .helpPrint,
            [.template, .record],
            valued: ["-o"],
            flags: ["--force"]
        ) { interpreter, arguments in
            guard let template = arguments.optional(0) else { return try interpreter.session.listTemplates() }
            try interpreter.session.printRecord(
                template: template,
                record: try record(arguments, interpreter.session),
                to: OutputTarget(arguments.option("-o"), force: arguments.has("--force"))
            )
        },
        DotCommand(
            ".import",
            "OBJECT DATA [--map MAP] [--sheet NAME] [--dry-run] [--errors OUT] [--force] [--from-row N] [--header-row N] [--any-stage]",
            .helpImport,
            [.object, .file],
            valued: ["--map", "--sheet", "--errors", "--from-row", "--header-row"],
            flags: ["--dry-run", "--force", "--any-stage"]
        ) { interpreter, arguments in
            try interpreter.session.importRecords(
                ImportRequest(
                    object: try arguments.required(0, .shellTheObject),
                    file: try arguments.required(1, .shellTheFile),
                    map: arguments.option("--map"),
                    sheet: arguments.option("--sheet"),
                    isDryRun: arguments.has("--dry-run"),
                    errors: arguments.option("--errors"),
                    force: arguments.has("--force"),
                    fromRow: Int(try arguments.number("--from-row") ?? 1),
                    headerRow: Int(try arguments.number("--header-row") ?? 1),
                    takesAnyStage: arguments.has("--any-stage")
                )
            )
        },
        DotCommand(
            ".export",
            "OBJECT [EXPRESSION] [-o OUT] [--force] [--format F] [--fields A,B] [--labels] [--sort F]",
            .helpExport,
            [.object, .expression],
            valued: ["-o", "--format", "--fields", "--sort"],
            flags: ["--force", "--labels"]
        ) { interpreter, arguments in
            var request = FindRequest(object: try arguments.required(0, .shellTheObject))
            request.expression = arguments.raw(from: 1)
            request.sort = arguments.option("--sort")
            request.fields = arguments.option("--fields")
            request.limit = Int.max
            let target = ExportTarget(
                file: OutputTarget(arguments.option("-o"), force: arguments.has("--force")),
                format: arguments.option("--format"),
                hasLabels: arguments.has("--labels")
            )
            try interpreter.session.exportRecords(request, to: target)
        },
        DotCommand(".run", "SCRIPT [ARGUMENT …]", .helpRun, [.file]) { interpreter, arguments in
            let name = try arguments.required(0, .shellTheFile)
            let rest = Array(arguments.positional.dropFirst())
            let isCommand = try interpreter.session.platform.commands.contains { command in
                [command.name.rawValue, command.fullName].contains(name)
            }
            if isCommand, !FileManager.default.fileExists(atPath: name) {
                try interpreter.session.runCommand(name, rest)
            } else {
                try interpreter.session.runScript(name, arguments: rest)
            }
        },
        DotCommand(
            ".command",
            "[NAME] [VALUE | K=V …] [-o OUT] [--force] [--wide]",
            .helpCommand,
            [.pluginCommand, .text],
            valued: ["-o"],
            flags: ["--force", "--wide"]
        ) { interpreter, arguments in
            guard let name = arguments.optional(0) else { return try interpreter.session.listCommands() }
            try interpreter.session.runCommand(
                name,
                Array(arguments.positional.dropFirst()),
                to: ResultFiles(output: arguments.option("-o"), force: arguments.has("--force")),
                isWide: arguments.has("--wide")
            )
        },
    ]

    /// The record to be printed.
    private static func record(_ arguments: DotArguments, _ session: ShellSession) throws -> String {
        guard let record = arguments.optional(1) else { throw try session.printIncomplete() }
        return record
    }
}
