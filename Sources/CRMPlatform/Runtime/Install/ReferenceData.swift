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
        for record in set.list("records") {
            guard case .object(let values) = record.value else {
                record.complain(Message(.metadataWrongType, ["expected": "object {…}"]))
                continue
            }
            var input = RecordInput()
            for (key, value) in values.entries {
                guard let field = FieldName(rawValue: key) else {
                    record.complain(Message(.metadataBadName, ["name": .text(key)]))
                    continue
                }
                input.append(field, Self.input(value))
            }
            let identity = Self.identity(values, keys.map(\.rawValue))
            guard collector.problems.isEmpty, !ledger.has(name, identity) else { continue }
            if let present = try present(input, keys, object, session) {
                ledger.note(present, name, identity)
                continue
            }
            var options = SaveOptions()
            options.allowsExplicitCodes = true
            do throws(PlatformError) {
                let record = try session.create(name, input, options).record
                ledger.note(record.id, name, identity)
                made[name, default: 0] += 1
            } catch {
                var located = error
                located.context.plugin = package.manifest.id
                located.context.file = set.filePath
                throw located
            }
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
            let value = try session.value(given, for: field)
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

    private static func input(_ json: JSONValue) -> InputValue {
        switch json {
        case .null: return .value(.null)
        case .boolean(let flag): return .value(.boolean(flag))
        case .integer(let number): return .value(.integer(number))
        case .number(let text): return .text(text)
        case .string(let text): return .text(text)
        case .array(let rows):
            return .rows(
                rows.map { row in
                    var input = RecordInput()
                    guard case .object(let object) = row else { return input }
                    for (key, value) in object.entries {
                        if let field = FieldName(rawValue: key) { input.append(field, self.input(value)) }
                    }
                    return input
                }
            )
        case .object: return .text(json.serialised())
        }
    }
}
