import CRMModel
import CRMStorage

/// Sees to it that a save under a key is done once: the same save asked for again gives the record, another save under
/// the same key is refused.
///
/// Two saves are the same when action, object, record, options and every value given are equal. Of rows of files it is enough
/// that they say the same values, however these are written: labels or what is kept, 12.5 or 12.50. Keys are kept for 30 days.
struct Idempotency {
    /// What is done under a key.
    enum Action: String {
        case create
        case update
    }

    /// How long a key is kept, in days.
    static let daysKept: Int64 = 30

    let key: String
    let pipeline: SavePipeline
    private let work: String
    private let input: RecordInput
    /// Whether a row of a file is saved, which is known again by what it says.
    var isOfRow: Bool { pipeline.options.idempotencyContent != nil }

    private var session: RecordSession { pipeline.session }

    /// The key of a save; nil when it has none.
    ///
    /// - Throws: `invalidInput` when the key is empty, longer than 200 characters or has control signs.
    init?(
        _ action: Action,
        _ record: Int64?,
        _ input: RecordInput,
        in pipeline: SavePipeline
    ) throws(PlatformError) {
        guard let key = pipeline.options.idempotencyKey else { return nil }
        guard IdempotencyTable.isKey(key) else {
            throw PlatformError(.invalidInput, Message(.idempotencyKeyForm))
        }
        self.key = key
        self.pipeline = pipeline
        self.input = input
        var digest = InputDigest()
        if let content = pipeline.options.idempotencyContent {
            digest.add("\(pipeline.object.stableID)")
            digest.add(content)
            work = "content \(digest.hex)"
            return
        }
        digest.add("\(pipeline.object.stableID)/\(record ?? 0)")
        digest.add(pipeline.options.expectedVersion.map(String.init) ?? "")
        digest.add(pipeline.options.allowsExplicitCodes ? "codes" : "")
        digest.add(input)
        work = "\(action.rawValue) \(digest.hex)"
    }

    /// The record of the same save, when it was done before.
    ///
    /// - Throws: `conflict` when something else was done under the key; `notFound` when the record has been deleted since.
    func replay() throws(PlatformError) -> SaveResult? {
        guard let done = try IdempotencyTable.find(key, on: session.connection) else { return nil }
        guard done.at.milliseconds >= cutoff.milliseconds else {
            try IdempotencyTable.remove(key, on: session.connection)
            return nil
        }
        let object = session.catalog.object(stableID: done.objectID)
        let id = object.map { RecordID(object: $0.name, number: done.recordID) }
        if pipeline.options.remakesDeleted, let id, try session.record(id, .system) == nil {
            try IdempotencyTable.remove(key, on: session.connection)
            return nil
        }
        // The key of a save whose record the principal may not see is taken, and no more is said of it.
        let isShown = try id.map { id throws(PlatformError) in try session.isShown(id) } ?? !session.isRestricted
        let shown: [String: Message.Argument] = [
            "key": .text(ValueCoder.shown(key)),
            "record": .text(isShown ? id?.description ?? String(done.recordID) : "…"),
        ]
        if let id, !isShown, try session.record(id, .system) != nil {
            throw PlatformError(.conflict, Message(.idempotencyReused, shown))
        }
        guard try isSame(done.work), let id else {
            throw PlatformError(
                .conflict,
                Message(.idempotencyReused, shown),
                context: ErrorContext(object: object?.name, record: isShown ? done.recordID : nil)
            )
        }
        guard let record = try session.record(id, .user) else {
            throw PlatformError(
                .notFound,
                Message(.idempotencyDeleted, shown),
                context: ErrorContext(object: id.object, record: isShown ? id.number : nil)
            )
        }
        return SaveResult(record: record, warnings: [], isReplay: true, isChanged: false, isGone: false, given: [])
    }

    /// Whether what was done is this save.
    ///
    /// Of rows that earlier versions imported only the cells are known.
    private func isSame(_ done: String) throws(PlatformError) -> Bool {
        if done == work || isOfRow && done.hasPrefix(work + " ") { return true }
        let words = done.split(separator: " ")
        guard isOfRow, words.count == 3, let given = try pipeline.given(input) else { return false }
        return words[2] == values(given)
    }

    /// A digest of the values that a row gives.
    ///
    /// Its codes count as they stand in the row, since the record may have got others.
    private func values(_ given: [GivenValue]) -> String {
        let fields = pipeline.object.fields
        var digest = InputDigest()
        for value in given.sorted(by: { $0.slot < $1.slot }) where fields[value.slot].type != .autoNumber {
            digest.add(fields[value.slot].name.rawValue)
            digest.add(value.value)
        }
        for code in pipeline.options.idempotencyCodes { digest.add(code) }
        return String(digest.hex.prefix(32))
    }

    /// Notes that the save is done, and forgets old keys once a day.
    ///
    /// - Throws: `storage`.
    func keep(_ record: Record, given: [GivenValue]) throws(PlatformError) {
        try pruneDaily()
        try IdempotencyTable.insert(
            key,
            IdempotencyTable.Entry(
                work: isOfRow ? "\(work) \(values(given))" : work,
                at: session.now,
                objectID: pipeline.object.stableID,
                recordID: record.id,
                version: record.version
            ),
            on: session.connection
        )
    }

    private func pruneDaily() throws(PlatformError) {
        guard !session.hasPrunedKeys else { return }
        session.hasPrunedKeys = true
        let today = session.today.description
        guard try MetaTable.value(.idempotencyPruned, on: session.connection) != today else { return }
        try IdempotencyTable.prune(before: cutoff, on: session.connection)
        try MetaTable.set(.idempotencyPruned, to: today, on: session.connection)
    }

    private var cutoff: Instant {
        Instant(milliseconds: session.now.milliseconds - Self.daysKept * 86_400_000)
    }
}

/// A digest of what a save is given; the order of the fields does not matter, every value does.
private struct InputDigest {
    private var bytes: [UInt8] = []

    var hex: String { SHA256.hexDigest(bytes) }

    mutating func add(_ text: String) {
        bytes += Array("\(text.utf8.count):".utf8)
        bytes += Array(text.utf8)
    }

    mutating func add(_ input: RecordInput) {
        let entries = input.entries.sorted { $0.field < $1.field }
        add("\(entries.count)")
        for entry in entries {
            add(entry.field.rawValue)
            switch entry.value {
            case .text(let text):
                add("text")
                add(text)
            case .value(let value): add(value)
            case .rows(let rows):
                add("rows \(rows.count)")
                for row in rows { add(row) }
            }
        }
    }

    mutating func add(_ value: Value) {
        add(Self.kind(value))
        add(value.displayText)
    }

    private static func kind(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .decimal: "decimal"
        case .text: "text value"
        case .date: "date"
        case .instant: "instant"
        }
    }
}

extension MessageKey {
    static let idempotencyReused = MessageKey(
        "record.idempotency_reused",
        zhCN: "幂等键「{key}」已用于另一次保存（{record}），这次的动作、记录或内容与那次不同；请换一个键",
        zhTW: "冪等鍵「{key}」已用於另一次儲存（{record}），這次的動作、記錄或內容與那次不同；請換一個鍵",
        en: "the idempotency key \"{key}\" was used for another save ({record}): the action, the record or the values "
            + "differ; use another key"
    )
    static let idempotencyDeleted = MessageKey(
        "record.idempotency_deleted",
        zhCN: "幂等键「{key}」的保存已经做过（{record}），但该记录后来被删除了；要重新保存请换一个键",
        zhTW: "冪等鍵「{key}」的儲存已經做過（{record}），但該記錄後來被刪除了；要重新儲存請換一個鍵",
        en: "the save under the idempotency key \"{key}\" was done ({record}), but the record has been deleted since; "
            + "use another key to save it anew"
    )
    static let idempotencyKeyForm = MessageKey(
        "record.idempotency_key_form",
        zhCN: "幂等键应为 1 到 200 个字符，不含控制字符",
        zhTW: "冪等鍵應為 1 到 200 個字元，不含控制字元",
        en: "an idempotency key has 1 to 200 characters and no control characters"
    )
}
