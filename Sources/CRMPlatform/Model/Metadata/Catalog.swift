/// The effective metadata: what the layers of the kernel, the plugins and the company make together.
///
/// A snapshot that never changes; an edit of metadata makes a new one. A unit of work keeps the one it began with.
public final class Catalog: Sendable {
    /// Counts the changes of metadata in the file; a snapshot is current when the file has the same number.
    public let generation: Int64
    /// The objects by name.
    public let objects: [ObjectName: ObjectDefinition]
    /// The dictionaries by name.
    public let dictionaries: [ElementName: PicklistSet]
    /// The layouts.
    public let layouts: [Layout]

    private let referrers: [ObjectName: [Referrer]]
    private let byStableID: [Int64: ObjectDefinition]

    /// A reference field that points at an object.
    public struct Referrer: Sendable {
        /// The object that has the field.
        public let object: ObjectDefinition
        /// The slot of the field.
        public let slot: Int
        /// What happens to the referring records when the target is deleted.
        public let onDelete: FieldType.DeleteRule
    }

    /// Makes a snapshot from definitions that ``CatalogBuilder`` has checked.
    package init(
        generation: Int64,
        objects: [ObjectDefinition],
        dictionaries: [PicklistSet],
        layouts: [Layout]
    ) {
        self.generation = generation
        self.objects = Dictionary(uniqueKeysWithValues: objects.map { ($0.name, $0) })
        self.dictionaries = Dictionary(uniqueKeysWithValues: dictionaries.map { ($0.name, $0) })
        self.layouts = layouts
        var referrers: [ObjectName: [Referrer]] = [:]
        for object in objects.sorted(by: { $0.name < $1.name }) {
            for (slot, field) in object.fields.enumerated() {
                guard case .reference(let target, let onDelete) = field.type else { continue }
                referrers[target, default: []].append(Referrer(object: object, slot: slot, onDelete: onDelete))
            }
        }
        self.referrers = referrers
        byStableID = Dictionary(objects.map { ($0.stableID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same catalog once the storage has given its objects and fields their ids and has counted the change.
    package func numbered(_ ids: StableIDs, generation: Int64) -> Catalog {
        Catalog(
            generation: generation,
            objects: sortedObjects.map { $0.numbered(ids) },
            dictionaries: Array(dictionaries.values),
            layouts: layouts
        )
    }

    /// A catalog without anything in it.
    public static let empty = Catalog(generation: 0, objects: [], dictionaries: [], layouts: [])

    /// The objects in the order of their names.
    public var sortedObjects: [ObjectDefinition] { objects.values.sorted { $0.name < $1.name } }

    /// The object of that name.
    ///
    /// - Throws: `PlatformError` `notFound` with the names that are there.
    public func object(_ name: ObjectName) throws(PlatformError) -> ObjectDefinition {
        guard let object = objects[name] else { throw unknownObject(name.rawValue) }
        return object
    }

    /// The object that people mean by `text`: its API name or its label in any language; what is written exactly so goes
    /// before what differs in width, case, blanks or script alone.
    ///
    /// - Throws: `PlatformError` `notFound` with the names that are there; `invalidInput` when more than one object goes
    ///   by the text equally well.
    public func object(calledByPeople text: String) throws(PlatformError) -> ObjectDefinition {
        if let name = ObjectName(rawValue: text), let object = objects[name] { return object }
        let heading = ComparableForm.heading
        let wanted = heading.form(of: text)
        let written = TextNormalisation.trimmed(text)
        var found = sortedObjects.filter { $0.label.texts.values.contains(written) }
        if found.isEmpty {
            found = sortedObjects.filter { object in
                object.name.rawValue == wanted || object.label.texts.values.contains { heading.form(of: $0) == wanted }
            }
        }
        guard let first = found.first else { throw unknownObject(text) }
        guard found.count == 1 else {
            throw PlatformError(
                .invalidInput,
                Message(.objectsOfOneName, ObjectDefinition.namesOfOne(text, found.map(\.name.rawValue)))
            )
        }
        return first
    }

    /// The object that the storage keeps under a stable id, nil when the catalog has none.
    package func object(stableID: Int64) -> ObjectDefinition? { byStableID[stableID] }

    /// The dictionary of a picklist field, nil for other fields.
    public func dictionary(of field: FieldDefinition) -> PicklistSet? {
        guard case .picklist(let name) = field.type else { return nil }
        return dictionaries[name]
    }

    /// The layout of an object for a purpose, nil when no plugin gives one.
    public func layout(_ kind: Layout.Kind, of object: ObjectName) -> Layout? {
        layouts.last { $0.object == object && $0.kind == kind }
    }

    /// The reference fields that point at an object.
    public func referrers(to object: ObjectName) -> [Referrer] { referrers[object] ?? [] }

    private func unknownObject(_ text: String) -> PlatformError {
        let known = objects.keys.sorted().map(\.rawValue).joined(separator: ", ")
        let names = objects.values.flatMap { [$0.name.rawValue] + $0.label.texts.values }
        guard let near = Suggestion.nearest(to: text, among: names) else {
            return PlatformError(.notFound, Message(.unknownObject, ["object": .text(text), "known": .text(known)]))
        }
        return PlatformError(
            .notFound,
            Message(.unknownObjectNear, ["object": .text(text), "near": .text(near), "known": .text(known)])
        )
    }
}
