import ArgumentParser
import CRMPlatform

/// The command `jobs FILE [list|run|retry|purge] [ID …]`.
struct JobsCommand: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "jobs", abstract: MessageKey.helpJobs.help, discussion: HelpExamples.jobs)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpJobsAction.help, valueName: "list|run|retry|purge"))
    var action: String?
    @Argument(help: ArgumentHelp(MessageKey.helpJobsNumbers.help)) var id: [String] = []
    @Flag(help: ArgumentHelp(MessageKey.helpJobsAll.help)) var all = false
    @Option(parsing: .unconditional, help: ArgumentHelp(MessageKey.helpJobsDays.help, valueName: "n")) var days: Int64?
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        var request = JobsRequest(action, id)
        request.showsAll = all
        request.days = days
        request.isDryRun = consent.dryRun
        request.isAgreed = consent.yes
        try process.withSession(file) { try $0.jobs(request) }
    }
}

/// What is to be done with the jobs of a file.
struct JobsRequest {
    /// `list`, `run`, `retry` or `purge`.
    let action: String
    /// The numbers of jobs, as they were typed.
    let numbers: [String]
    /// Whether jobs that are done are listed as well.
    var showsAll = false
    /// How old what is purged must be, in days.
    var days: Int64?
    /// Whether it is only said what would be purged.
    var isDryRun = false
    /// Whether nobody is to be asked.
    var isAgreed = false

    /// Makes a request; without an action the jobs are listed.
    init(_ action: String?, _ numbers: [String]) {
        self.action = action ?? "list"
        self.numbers = numbers
    }
}

/// The command `log FILE`.
struct LogCommand: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "log", abstract: MessageKey.helpLog.help, discussion: HelpExamples.log)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Option(help: ArgumentHelp(MessageKey.helpLogLevel.help, valueName: "debug|info|warn|error")) var level: String?
    @Option(help: ArgumentHelp(MessageKey.helpLogPlugin.help, valueName: "plugin")) var plugin: String?
    @Option(help: ArgumentHelp(MessageKey.helpLogSince.help, valueName: "day")) var since: String?
    @Option(
        name: [.customShort("n"), .customLong("limit")],
        parsing: .unconditional,
        help: ArgumentHelp(MessageKey.helpLogLimit.help, valueName: "n")
    )
    var limit: Int64 = 50
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let request = LogRequest(level: level, plugin: plugin, since: since, limit: limit)
        try process.withSession(file) { try $0.log(request) }
    }
}

/// Which lines of the log are wanted.
struct LogRequest {
    /// The least level, as it was typed; nil for all.
    let level: String?
    /// The plugin; nil for all.
    let plugin: String?
    /// The first day, or the first moment; nil for any.
    let since: String?
    /// At most so many lines.
    let limit: Int64
}
