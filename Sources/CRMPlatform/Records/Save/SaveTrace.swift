public import CRMModel

/// The steps of the save pipeline, in their order (`docs/architecture.md`).
public enum SaveStep: String, Sendable, CaseIterable, Hashable {
    /// The record is read as it is.
    case load
    /// The principal's rights are looked at.
    case permission
    /// What was given is brought into the form of the fields.
    case normalise
    /// Empty fields of a new record get their defaults.
    case defaults
    /// Plugins act before the checks.
    case beforeValidate = "before_validate"
    /// Types, lengths, ranges, dictionaries, references and uniqueness are checked.
    case check
    /// Validation rules and validators of plugins are asked.
    case validate
    /// The way from stage to stage is looked at, and the gates of a stage that is entered.
    case stages
    /// Duplicate rules are asked.
    case duplicates
    /// Plugins act before the record is written.
    case beforeSave = "before_save"
    /// What they changed is checked again.
    case recheck
    /// The code is given.
    case code
    /// Record, history and search mark are written.
    case write
    /// The rows that were given with the record are saved, each by these same steps.
    case childRows = "child_rows"
    /// Plugins act after the record is written.
    case afterSave = "after_save"
    /// Plugins act on a record that has entered another stage.
    case stageChanged = "stage_changed"
    /// Plugins bring up to date what follows from the saves, such as the sums of parents (`settle`).
    case rollUp = "roll_up"
    /// What plugins are to do after the transaction is kept is put down beside it.
    case afterCommit = "after_commit"
    /// Plugins act before a record is deleted.
    case beforeDelete = "before_delete"
    /// It is asked whether anything that refers to the record forbids its deletion.
    case referrers
    /// The records that refer to it are deleted too, or no longer refer to it, each by the steps of its own.
    case release
    /// Record, duplicate keys and search mark are removed, and the history is written.
    case delete
    /// Plugins act after a record is deleted.
    case afterDelete = "after_delete"
}

/// What one step of a save did.
public struct SaveTraceStep: Sendable {
    /// The step.
    public let step: SaveStep
    /// The record, with number 0 while it has none, and when it is one that the principal may not see.
    public let record: RecordID
    /// How deep within other saves this one is, 0 for the outermost.
    public let depth: Int
    /// The plugin that acted, nil for the kernel.
    public let plugin: PluginID?
    /// The rule or the place of the code that acted, empty for the kernel's own work.
    public let rule: String
    /// How long it took, in microseconds.
    public let microseconds: Double
    /// What it did: the values it changed, what it objected to.
    public let effect: String
    /// Whether it stopped the save.
    public let failed: Bool
}

/// The way of a save through the pipeline, as `explain` shows it.
public struct SaveTrace: Sendable {
    /// The steps in the order in which they ran; nested saves stand between them with a greater depth.
    public let steps: [SaveTraceStep]
    /// Why the save would be refused, nil when it would be done.
    public let error: PlatformError?

    /// Makes a trace.
    package init(steps: [SaveTraceStep], error: PlatformError?) {
        self.steps = steps
        self.error = error
    }
}

/// Writes down the steps of saves while they run.
package final class SaveRecorder {
    /// The steps so far.
    package private(set) var steps: [SaveTraceStep] = []
    /// The language in which effects are told.
    let language: Language
    private let clock = ContinuousClock()

    /// Makes a recorder that tells effects in a language.
    package init(language: Language = .zhCN) {
        self.language = language
    }

    func time() -> ContinuousClock.Instant { clock.now }

    func add(
        _ step: SaveStep,
        _ draft: RecordDraft,
        isShown: Bool,
        depth: Int,
        plugin: PluginID?,
        rule: String,
        since start: ContinuousClock.Instant,
        effect: String,
        failed: Bool
    ) {
        let elapsed = clock.now - start
        let microseconds =
            Double(elapsed.components.seconds) * 1e6 + Double(elapsed.components.attoseconds) / 1e12
        steps.append(
            SaveTraceStep(
                step: step,
                record: isShown ? draft.recordID : RecordID(object: draft.object.name, number: 0),
                depth: depth,
                plugin: plugin,
                rule: rule,
                microseconds: microseconds,
                effect: effect,
                failed: failed
            )
        )
    }
}

extension MessageKey {
    static let traceSystem = MessageKey(
        "trace.system",
        zhCN: "{principal}，以系统身份",
        zhTW: "{principal}，以系統身分",
        en: "{principal}, as the system"
    )
    static let traceRows = MessageKey(
        "trace.rows",
        zhCN: "{count} 行",
        zhTW: "{count} 列",
        en: "{count} {count|row|rows}"
    )
    static let traceAfterCommit = MessageKey(
        "trace.after_commit",
        zhCN: "提交之后运行",
        zhTW: "提交之後執行",
        en: "runs after the commit"
    )
    static let traceVersion = MessageKey(
        "trace.version",
        zhCN: "版本 {version}",
        zhTW: "版本 {version}",
        en: "version {version}"
    )
    static let traceWritten = MessageKey(
        "trace.written",
        zhCN: "{record} 版本 {version}",
        zhTW: "{record} 版本 {version}",
        en: "{record} version {version}"
    )
}
