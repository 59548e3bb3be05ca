import CRMModel
import CRMRecords

/// The reference data of a plugin: records of `data/*.json`, made when they are not there yet and left alone when they
/// are, so that an upgrade never overwrites what the company has changed.
struct ReferenceData {
    private let package: PluginPackage

    init(_ package: PluginPackage) {
        self.package = package
    }

    func load(into session: RecordSession) throws(PlatformError) {
        let files = package.files.keys.filter { $0.hasPrefix("data/") && $0.hasSuffix(".json") }.sorted()
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
            for set in sets { try load(set, collector, session) }
            guard collector.problems.isEmpty else {
                throw MetadataProblems(collector.problems).platformError(plugin: package.manifest.id)
            }
        }
    }

    private func load(
        _ set: MetadataNode,
        _ collector: ProblemCollector,
        _ session: RecordSession
    ) throws(PlatformError) {
        guard set.isObject(allowing: ["object", "key", "records"]), let name: ObjectName = set.name("object") else {
            return
        }
        let object = try session.catalog.object(name)
        let keys: [FieldName] = set.names("key")
        for record in set.list("records") {
            guard case .object(let values) = record.value else { continue }
            var input = RecordInput()
            for (key, value) in values.entries {
                guard let field = FieldName(rawValue: key) else {
                    record.complain(Message(.metadataBadName, ["name": .text(key)]))
                    continue
                }
                input.append(field, Self.input(value))
            }
            guard collector.problems.isEmpty, try !isThere(input, keys, object, session) else { continue }
            var options = SaveOptions()
            options.allowsExplicitCodes = true
            do throws(PlatformError) {
                _ = try session.create(name, input, options)
            } catch {
                var located = error
                located.context.plugin = package.manifest.id
                located.context.file = set.filePath
                throw located
            }
        }
    }

    /// Whether a record with the same values in the key fields is there.
    private func isThere(
        _ input: RecordInput,
        _ keys: [FieldName],
        _ object: ObjectDefinition,
        _ session: RecordSession
    ) throws(PlatformError) -> Bool {
        guard !keys.isEmpty else { return false }
        var conditions: [String] = []
        var parameters: [Value] = []
        for key in keys {
            guard let field = object.field(key), let given = input[key] else { return false }
            let value = try session.value(given, for: field)
            conditions.append("\(key) = ?")
            parameters.append(value)
        }
        return try session.count(
            object.name,
            where: conditions.joined(separator: " and "),
            parameters: parameters
        ) > 0
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
