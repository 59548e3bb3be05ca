package import CRMModel
package import CRMRecords
package import CRMStorage

/// An after_commit hook that is to be run for a record: the one kind of job that there is.
package struct HookJob: Sendable {
    /// The word for it in the table.
    static let kind = "hook"

    /// The number of the job.
    package let id: Int64
    /// The plugin of the hook.
    package let plugin: PluginID
    /// Where the hook is, such as `hooks/order.lua:3`.
    package let hook: String
    /// Which of the plugin's hooks at this point of the object it is, 0 for the first.
    package let place: Int
    /// How many hooks its plugin had at this point of the object then; 0 when that was not kept.
    package let count: Int
    /// The record.
    package let record: RecordID
    /// The hooks that led to it, outermost first.
    package let path: [String]
    /// On whose behalf.
    package let principal: Principal
    /// Through which door the first save came.
    package let origin: Origin
    /// The language in which it was made.
    package let language: Language
    /// How often it was tried before.
    package var attempts = 0
    /// Whether this try has been counted already.
    package var isCounted = false

    /// What it is called in the chain of hooks that set each other off.
    package var name: String { "\(plugin):\(hook) → \(record)" }

    package init(
        id: Int64,
        plugin: PluginID,
        hook: String,
        place: Int,
        count: Int = 0,
        record: RecordID,
        path: [String],
        principal: Principal,
        origin: Origin,
        language: Language
    ) {
        self.id = id
        self.plugin = plugin
        self.hook = hook
        self.place = place
        self.count = count
        self.record = record
        self.path = path
        self.principal = principal
        self.origin = origin
        self.language = language
    }

    /// Reads a job.
    ///
    /// - Throws: `storage` when what is kept cannot be read.
    package init(_ row: JobTable.Row) throws(PlatformError) {
        guard row.kind == Self.kind, let plugin = row.plugin.flatMap({ PluginID(rawValue: $0) }),
            case .object(let payload)? = try? JSONParser.parse(row.payload),
            let hook = payload["hook"]?.stringValue,
            let record = payload["record"]?.stringValue.flatMap({ RecordID($0) }),
            let principal = Principal(stored: row.principal),
            // Hooks of saves that scripts made were once kept without the door.
            let origin = row.origin == "plugin" ? Origin(.library, by: .script) : Origin(row.origin)
        else { throw PlatformError(.storage, Message(.storageUnreadable, ["column": .text("crmJob \(row.id)")])) }
        id = row.id
        self.plugin = plugin
        self.hook = hook
        place = payload["place"]?.integerValue.map { Int(clamping: $0) } ?? 0
        count = payload["of"]?.integerValue.map { Int(clamping: $0) } ?? 0
        self.record = record
        path = payload["path"]?.arrayValue?.compactMap(\.stringValue) ?? []
        self.principal = principal
        self.origin = origin
        language = Language(rawValue: row.language) ?? .zhCN
        attempts = Int(clamping: row.attempts)
        guard 0...JobRunner.attemptCeiling ~= row.attempts else {
            throw PlatformError(.storage, Message(.storageUnreadable, ["column": .text("crmJob \(row.id)")]))
        }
    }

    /// What is kept of it.
    func row(key: String?, at moment: Instant) -> JobTable.Row {
        var payload: JSONObject = ["hook": .string(hook), "record": .string(record.description)]
        if place > 0 { payload["place"] = .integer(Int64(place)) }
        if count > 0 { payload["of"] = .integer(Int64(count)) }
        if !path.isEmpty { payload["path"] = .array(path.map { .string($0) }) }
        return JobTable.Row(
            kind: Self.kind,
            uniqueKey: key,
            plugin: plugin.rawValue,
            payload: JSONValue.object(payload).serialised(),
            principal: principal.stored,
            origin: origin.description,
            language: language.rawValue,
            at: moment
        )
    }

    /// The hook as the plugins that run now have it; nil when they have it no more.
    ///
    /// A new version of the plugin may have moved it to another line, and mended it. When hooks were added or taken out,
    /// nobody can tell any more which of them it was, and none is taken for it: what one does must not be done twice.
    package func handler(among hooks: any HookDispatcher) -> (any HookHandler)? {
        let own = hooks.handlers(at: .afterCommit, of: record.object).filter { $0.plugin == plugin }
        guard own.indices.contains(place), count == 0 || own.count == count else { return nil }
        let found = own[place]
        guard count > 0 ? Self.file(of: found.source) == Self.file(of: hook) : found.source == hook else { return nil }
        return found
    }

    private static func file(of source: String) -> Substring { source.prefix { $0 != ":" } }
}

extension Job {
    /// Reads a job for whoever looks.
    ///
    /// - Throws: `storage` when what is kept cannot be read.
    package init(_ row: JobTable.Row, now: Instant) throws(PlatformError) {
        let job = try HookJob(row)
        id = row.id
        key = row.uniqueKey
        plugin = job.plugin
        hook = job.hook
        record = job.record
        principal = job.principal
        origin = job.origin
        language = job.language
        createdAt = row.createdAt
        runAt = row.runAt
        attempts = job.attempts
        failure = row.error.flatMap { Failure(stored: $0) }
        switch row.state {
        case .waiting: state = JobRunner.isAtWork(on: row, now: now) ? .running : .waiting
        case .done: state = .done
        case .dead: state = .dead
        }
    }
}

extension Job.Failure {
    /// How much of a text is kept, as of a line in the log.
    private static let keptBytes = 8_192

    /// What is kept of an error.
    package static func stored(_ error: PlatformError) -> String {
        var texts = JSONObject()
        for language in Language.allCases {
            texts[language.rawValue] = .string(TextLimits.cut(error.text(in: language), bytes: keptBytes))
        }
        var object: JSONObject = ["code": .string(error.code.description), "message": .object(texts)]
        if let plugin = error.context.plugin { object["plugin"] = .string(plugin.rawValue) }
        if let file = error.context.file { object["file"] = .string(file) }
        if let line = error.context.line { object["line"] = .integer(Int64(line)) }
        return JSONValue.object(object).serialised()
    }

    init?(stored text: String) {
        guard case .object(let object)? = try? JSONParser.parse(text), let code = object["code"]?.stringValue,
            let texts = object["message"]?.objectValue
        else { return nil }
        self.code = code
        message = LocalizedText(
            Dictionary(
                uniqueKeysWithValues: Language.allCases.compactMap { language in
                    texts[language.rawValue]?.stringValue.map { (language, $0) }
                }
            )
        )
        plugin = object["plugin"]?.stringValue.flatMap { PluginID(rawValue: $0) }
        file = object["file"]?.stringValue
        line = object["line"]?.integerValue.map { Int(clamping: $0) }
    }
}
