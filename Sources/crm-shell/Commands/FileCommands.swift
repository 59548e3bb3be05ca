import ArgumentParser
import CRMPlatform
import Foundation

/// The command `new FILE --with PLUGIN[,PLUGIN…] [--demo]`.
struct New: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "new", abstract: MessageKey.helpNew.help, discussion: HelpExamples.new)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Option(name: .customLong("with"), help: ArgumentHelp(MessageKey.helpWith.help, valueName: "plugin,…"))
    var plugins: String?
    @Flag(help: ArgumentHelp(MessageKey.helpDemo.help)) var demo = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let names = plugins.map { $0.split(separator: ",").map(String.init) } ?? []
        if demo, names.isEmpty {
            throw PlatformError(.invalidInput, Message(.shellNothingToDemo, ["file": .text(file)]))
        }
        try Interruption.shared.guarding {
            let company = try NewCompany(at: file, options: process.options)
            let session = process.session(company.platform, interactive: false)
            let status: Int32?
            do {
                if !names.isEmpty { try session.install(names, demo: demo, isDryRun: false, showsPlan: false) }
                // The demonstration may have shown that a plugin fails.
                status = try session.tellAfterCommitErrors()
                try company.publish()
            } catch {
                throw Self.notMade(file, error)
            }
            if !session.isJSON || names.isEmpty { session.answer(.shellNewFile, ["file": .text(file)]) }
            if let status { throw ShellExit(status: status) }
        }
    }
}

extension New {
    /// Says with the reason that the file is not there.
    private static func notMade(_ file: String, _ error: any Error) -> any Error {
        guard let error = error as? PlatformError else { return error }
        return PlatformError(
            error.code,
            Message(.shellNotMade, ["file": .text(file), "problem": .message(error.message)]),
            issues: error.issues,
            context: error.context,
            cause: error.cause,
            traceback: error.traceback
        )
    }
}

/// The command `check FILE [--accept-loss]`.
struct Check: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: MessageKey.helpCheck.help,
            discussion: HelpExamples.check
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Flag(help: ArgumentHelp(MessageKey.helpAcceptLoss.help)) var acceptLoss = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        if acceptLoss {
            let isMissing = try Platform.acceptLoss(at: file, options: process.options)
            let told = Message(isMissing ? .shellLossAccepted : .shellNoLoss, ["file": .text(FilePath.last(file))])
            process.console.complain(told.safeText(in: process.language))
        }
        try process.withSession(file) { try $0.check() }
    }
}

/// The command `objects FILE`.
struct Objects: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "objects",
            abstract: MessageKey.helpObjects.help,
            discussion: HelpExamples.objects
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.withSession(file) { try $0.listObjects() } }
}

/// The command `describe FILE OBJECT`.
struct Describe: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "describe",
            abstract: MessageKey.helpDescribe.help,
            discussion: HelpExamples.describe
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpObject.help)) var object: String
    @Flag(help: ArgumentHelp(MessageKey.helpWide.help)) var wide = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.describe(object, isWide: wide) }
    }
}

/// The command `stubs FILE [-o DIR]`.
struct Stubs: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "stubs", abstract: MessageKey.helpStubs.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp(MessageKey.helpStubsFolder.help))
    var output = "lua/meta"
    @Option(help: ArgumentHelp(MessageKey.helpStubsReference.help, valueName: "folder")) var reference: String?
    @Flag(help: ArgumentHelp(MessageKey.helpForce.help)) var force = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.writeStubs(to: output, reference: reference, force: force) }
    }
}

/// The command `doctor`.
struct Doctor: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "doctor", abstract: MessageKey.helpDoctor.help)
    }

    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { process.doctor() }
}
