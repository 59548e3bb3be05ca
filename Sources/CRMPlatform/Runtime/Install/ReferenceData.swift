import CRMModel
import CRMRecords
import CRMScripting

/// The reference data of a plugin: records of `data/*.json`, made once for each file and then the company's own, so that
/// an upgrade never overwrites what the company has changed and never brings back what it has deleted.
struct ReferenceData {
    private let package: PluginPackage
    private var ledger: ReferenceLedger

    init(_ package: PluginPackage, ledger: ReferenceLedger) {
        self.package = package
        self.ledger = ledger
    }

    private static func files(of package: PluginPackage) -> [String] {
        package.files.keys.filter { $0.hasPrefix("data/") && $0.hasSuffix(".json") }.sorted()
    }

    /// Makes the records that were never delivered, and gives the ledger with them; says how many of which object.
    mutating func load(into session: RecordSession) throws(PlatformError) -> (ReferenceLedger, [ObjectName: Int]) {
        var made: [ObjectName: Int] = [:]
        let files = Self.files(of: package)
        for path in files {
            let file: MetadataFile
            do {
                file = try MetadataFile(path: path, bytes: package.files[path] ?? [])
            } catch {
                throw error.platformError(plugin: package.manifest.id)
            }
            let collector = ProblemCollector()
            let root = MetadataNode(file, collector)
            let sets: [MetadataNode]
            if case .array = root.value { sets = root.elements() } else { sets = [root] }
            for set in sets { try load(set, collector, session, &made) }
            guard collector.problems.isEmpty else {
                throw MetadataProblems(collector.problems).platformError(plugin: package.manifest.id)
            }
        }
        return (ledger, made)
    }

    /// What the records of a package are known by.
    static func identities(of package: PluginPackage) -> [(ObjectName, String)] {
        files(of: package).flatMap { path -> [(ObjectName, String)] in
            // What is installed was read once before.
            guard let document = try? JSONParser.parse(package.files[path] ?? []) else { return [] }
            let sets = if case .array(let sets) = document { sets } else { [document] }
            return sets.flatMap { set -> [(ObjectName, String)] in
                guard case .object(let members) = set, let name = members["object"]?.stringValue,
                    let object = ObjectName(rawValue: name), case .array(let records)? = members["records"]
                else { return [] }
                var keys: [String] = []
                if case .array(let names)? = members["key"] { keys = names.compactMap(\.stringValue) }
                return records.compactMap { record in
                    guard case .object(let values) = record else { return nil }
                    return (object, identity(values, keys))
                }
            }
        }
    }

    /// What a record is known by: the values of its key as they are written, or all of it when there is no key.
    private static func identity(_ values: JSONObject, _ keys: [String]) -> String {
        let parts = keys.isEmpty ? [.object(values)] : keys.map { values[$0] ?? .null }
        return JSONValue.array(parts).serialised()
    }

    private mutating func load(
        _ set: MetadataNode,
        _ collector: ProblemCollector,
        _ session: RecordSession,
        _ made: inout [ObjectName: Int]
    ) throws(PlatformError) {
        guard set.isObject(allowing: ["object", "key", "records"]), let name: ObjectName = set.name("object") else {
            return
        }
        let object = try session.catalog.object(name)
        let keys: [FieldName] = set.names("key")
        for key in keys where object.field(key) == nil {
            let known = object.fields.filter { !$0.isSystem }.map(\.name.rawValue)
            set.member("key")?.complain(
                Message(
                    .fieldUnknown,
                    [
                        "object": .label(object.label), "name": .text(key.rawValue),
                        "hint": .text(Suggestion.hint(for: key.rawValue, among: known)),
                    ]
                )
            )
        }
        let wasRight = collector.problems.isEmpty
        var count = 0
        for record in set.list("records") {
            guard case .object(let values) = record.value else {
                record.complain(Message(.metadataWrongType, ["expected": "object {…}"]))
                continue
            }
            let input = Self.input(of: record)
            let identity = Self.identity(values, keys.map(\.rawValue))
            // Each record of a set is tried, so that what is wrong with them is told at once.
            guard let input, wasRight, !ledger.has(name, identity) else { continue }
            do throws(PlatformError) {
                if let present = try present(input, keys, object, session) {
                    ledger.note(present, name, identity)
                    continue
                }
                var options = SaveOptions()
                options.allowsExplicitCodes = true
                let saved = try session.create(name, input, options).record
                ledger.note(saved.id, name, identity)
                count += 1
            } catch {
                guard session.lostBy == nil, Self.isOfRecord(error.code) else {
                    var located = error
                    located.context.plugin = package.manifest.id
                    located.context.file = set.filePath
                    throw located
                }
                if error.issues.isEmpty { record.complain(error.message) }
                for issue in error.issues {
                    (issue.field.flatMap { record.member($0.rawValue) } ?? record).complain(issue.message)
                }
            }
        }
        if count > 0 { made[name, default: 0] += count }
    }

    /// Whether an error says what is wrong with one record.
    private static func isOfRecord(_ code: PlatformError.Code) -> Bool {
        switch code {
        case .invalidInput, .validationFailed, .notFound, .alreadyExists, .conflict, .hookRejected: true
        default: false
        }
    }

    /// The number of a record with the same values in the key fields, nil when there is none.
    private func present(
        _ input: RecordInput,
        _ keys: [FieldName],
        _ object: ObjectDefinition,
        _ session: RecordSession
    ) throws(PlatformError) -> Int64? {
        guard !keys.isEmpty else { return nil }
        var conditions: [String] = []
        var parameters: [Value] = []
        for key in keys {
            guard let field = object.field(key), let given = input[key] else { return nil }
            let value: Value
            do throws(PlatformError) {
                value = try session.value(given, for: field)
            } catch {
                // What the field cannot take is told by the save.
                guard Self.isOfRecord(error.code) else { throw error }
                return nil
            }
            conditions.append("\(key) = ?")
            parameters.append(value)
        }
        return try session.find(
            Query(
                object: object.name,
                filter: conditions.joined(separator: " and "),
                parameters: parameters,
                limit: 1
            )
        ).records.first?.id
    }

    /// The fields of a record or a child row; nil after a complaint about each that is none.
    private static func input(of node: MetadataNode) -> RecordInput? {
        guard case .object(let values) = node.value else {
            node.complain(Message(.metadataWrongType, ["expected": "object {…}"]))
            return nil
        }
        var input = RecordInput()
        var isWhole = true
        for (key, _) in values.entries {
            guard let field = FieldName(rawValue: key) else {
                node.complain(Message(.metadataBadName, ["name": .text(key)]))
                isWhole = false
                continue
            }
            // Null is a value here: the field is left empty.
            guard let member = node.member(key) else {
                input.append(field, .value(.null))
                continue
            }
            if let value = value(of: member) { input.append(field, value) } else { isWhole = false }
        }
        return isWhole ? input : nil
    }

    private static func value(of node: MetadataNode) -> InputValue? {
        switch node.value {
        case .null: return .value(.null)
        case .boolean(let flag): return .value(.boolean(flag))
        case .integer(let number): return .value(.integer(number))
        case .number(let text):
            if let number = node.value.decimalValue { return .value(.decimal(number)) }
            node.complain(Message(.dataNumber, ["number": .text(TextLimits.prefix(text, characters: 60))]))
            return nil
        case .string(let text): return .text(text)
        case .array:
            let rows = node.elements().map { input(of: $0) }
            guard rows.allSatisfy({ $0 != nil }) else { return nil }
            return .rows(rows.compactMap { $0 })
        case .object:
            node.complain(Message(.dataObject))
            return nil
        }
    }
}

extension MessageKey {
    static let dataNumber = MessageKey(
        "data.number",
        zhCN: "{number} 的位数超出能保存的小数（最多 9 位小数，共 18 位数字）；请改写，或写成文本",
        zhTW: "{number} 的位數超出能儲存的小數（最多 9 位小數，共 18 位數字）；請改寫，或寫成文字",
        en: "{number} has more digits than a decimal keeps (nine places, 18 digits in all); write another, or a text"
    )
    static let dataObject = MessageKey(
        "data.object",
        zhCN: "字段的值应是文本、数字、true / false，或子表行的数组，不能是 {…}",
        zhTW: "欄位的值應是文字、數字、true / false，或子表列的陣列，不能是 {…}",
        en: "a field takes a text, a number, true or false, or a list of child rows, and no object {…}"
    )
}
