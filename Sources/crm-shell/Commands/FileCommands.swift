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
        let platform = try Platform.create(at: file, options: process.options)
        let session = process.session(platform, interactive: false)
        try Interruption.shared.guarding {
            do {
                if !names.isEmpty { try session.install(names, demo: demo, isDryRun: false, showsPlan: false) }
            } catch {
                // What was not finished is not left lying about: the file was not there before.
                try? platform.close()
                let lock = file.hasSuffix(".crm") ? "-lock" : ".crm-lock"
                for suffix in ["", "-wal", "-shm", lock] { unlink(file + suffix) }
                throw Self.notMade(file, error)
            }
            if !session.isJSON || names.isEmpty { session.answer(.shellNewFile, ["file": .text(file)]) }
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

/// The command `check FILE`.
struct Check: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: MessageKey.helpCheck.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.withSession(file) { try $0.check() } }
}

/// The command `objects FILE`.
struct Objects: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "objects", abstract: MessageKey.helpObjects.help)
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
        try process.withSession(file) { session in
            var files = try session.platform.stubs().map { (path: output + "/" + $0.path, text: $0.text) }
            if let reference {
                files += Platform.scriptReference.map { (path: reference + "/" + $0.path, text: $0.text) }
            }
            for file in files {
                try FileOutput.makeFolder(URL(fileURLWithPath: file.path).deletingLastPathComponent().path)
                // Stubs are made again and again; what was made by hand is not replaced by them.
                try OutputFile.write(
                    Array(file.text.utf8),
                    to: file.path,
                    overwriting: force ? .always : .when(Platform.isStub),
                    reading: [session.platform.path],
                    isPrivate: false
                )
            }
            if session.isJSON {
                session.console.json(["files": .array(files.map { .string($0.path) })])
            } else {
                for file in files { session.report(.shellWritten, ["file": .text(file.path)]) }
            }
        }
    }
}

/// The command `doctor`.
struct Doctor: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "doctor", abstract: MessageKey.helpDoctor.help)
    }

    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let versions = Platform.engineVersions
        var warnings: [Message] = []
        // `security.md` §1: the bugs that end a process were mended after 5.4.4, the WAL-reset bug in 3.51.3.
        if Self.isOlder(versions.lua, than: [5, 4, 6]) {
            warnings.append(Message(.shellLuaOld, ["version": .text(versions.lua)]))
        }
        if Self.isOlder(versions.sqlite, than: [3, 51, 3]) {
            warnings.append(Message(.shellSQLiteOld, ["version": .text(versions.sqlite)]))
        }
        if process.isJSON {
            process.console.json([
                "crm_shell": .string(Platform.version), "lua": .string(versions.lua),
                "sqlite": .string(versions.sqlite),
                "plugin_folders": .array(PluginSearch.folders.map { .string($0) }),
                "warnings": .array(warnings.map { .string($0.text(in: process.language)) }),
            ])
            return
        }
        process.console.line("crm-shell  \(Platform.version)")
        process.console.line("Lua        \(versions.lua)")
        process.console.line("SQLite     \(versions.sqlite)")
        process.console.line("plugins    \(PluginSearch.folders.joined(separator: ":"))")
        for warning in warnings {
            process.console.line(
                Message(.shellWarning, ["text": .message(warning)]).text(in: process.language)
            )
        }
    }

    /// Whether a version such as `5.4.4` comes before another.
    static func isOlder(_ version: String, than wanted: [Int]) -> Bool {
        let parts = version.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
        return parts.lexicographicallyPrecedes(wanted)
    }
}
