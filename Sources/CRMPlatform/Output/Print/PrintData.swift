public import CRMModel

/// Makes the data of a print template from a record, as plain values.
public struct PrintData {
    /// Gives the records that references point at; those that there are not any more are missing.
    public typealias Related = (Set<RecordID>) throws -> [RecordID: Record]

    /// Gives the titles of the records that references point at; those that there are not any more have none.
    public typealias Titles = (Set<RecordID>) throws -> [RecordID: String]

    /// Gives the child rows of a record in a `children` field, in their order.
    public typealias Children = (Record, FieldDefinition) throws -> [Record]

    private let formatter: ValueFormatter
    private let related: Related
    private let titles: Titles
    private let children: Children
    private let known = KnownRelations()
    private let absent = AbsentParts()

    /// Prepares the making.
    ///
    /// - Parameters:
    ///   - formatter: How values are worded.
    ///   - related: Gives the records of references, each of which it is asked for once.
    ///   - titles: Gives the titles of references of which nothing else is needed.
    ///   - children: Gives the child rows of a field.
    public init(
        formatter: ValueFormatter,
        related: @escaping Related,
        titles: @escaping Titles,
        children: @escaping Children
    ) {
        self.formatter = formatter
        self.related = related
        self.titles = titles
        self.children = children
    }

    /// The data of a record: each field under its name as ``PrintField``, references with the parts of their record
    /// (two steps far), child rows as lists, `record` with its identity, and `today` and `now`.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - now: The moment that the print names.
    ///   - extra: Further parts, as a plugin's code gives them; they win over fields of the same name.
    /// - Returns: A group.
    /// - Throws: What the reading of related records throws.
    public func make(_ record: Record, now: Instant, extra: [String: PrintValue] = [:]) throws -> PrintValue {
        try read(what: [record], depth: 2)
        var parts = try fields(of: record, depth: 2, withChildren: true)
        parts["record"] = .text(record.recordID.description)
        let today = now.date(in: formatter.timeZone)
        parts["today"] = .field(PrintField(label: "", text: today.description, raw: .date(today)))
        parts["now"] = .field(
            PrintField(label: "", text: now.text(in: formatter.timeZone), raw: .instant(now), day: today)
        )
        return .group(parts.merging(extra) { _, extra in extra })
    }

    /// Reads what records refer to, `depth` steps on, and the titles of what that refers to: a few statements, however many
    /// records there are.
    private func read(what records: [Record], depth: Int) throws {
        var wanted: Set<RecordID> = []
        for record in records {
            for (slot, field) in record.object.fields.enumerated() {
                guard case .reference(let target, _) = field.type, let number = record.values[slot].integerValue else {
                    continue
                }
                wanted.insert(RecordID(object: target, number: number))
            }
        }
        if depth == 0 {
            wanted = wanted.filter { known.records[$0] == nil && known.titles[$0] == nil }
            guard !wanted.isEmpty else { return }
            return known.titles.merge(try titles(wanted)) { $1 }
        }
        let unread = wanted.filter { known.records[$0] == nil }
        if !unread.isEmpty { known.records.merge(try related(unread)) { $1 } }
        let found = wanted.compactMap { known.records[$0] }
        if !found.isEmpty { try read(what: found, depth: depth - 1) }
    }

    private func fields(of record: Record, depth: Int, withChildren: Bool) throws -> [String: PrintValue] {
        var parts: [String: PrintValue] = [:]
        for (slot, field) in record.object.fields.enumerated() {
            if case .children = field.type {
                guard withChildren else { continue }
                let rows = try children(record, field)
                try read(what: rows, depth: 1)
                parts[field.name.rawValue] = .list(
                    try rows.map { .group(try fields(of: $0, depth: 1, withChildren: false)) }
                )
            } else {
                parts[field.name.rawValue] = .field(try self.field(field, record.values[slot], depth: depth))
            }
        }
        return parts
    }

    private func field(_ field: FieldDefinition, _ value: Value, depth: Int) throws -> PrintField {
        let label = field.label.text(in: formatter.language)
        let text = formatter.text(value, of: field)
        if case .reference(let target, _) = field.type {
            let missing = depth > 0 ? absent.parts(of: target, depth: depth - 1, formatter) : [:]
            guard let number = value.integerValue else {
                return PrintField(label: label, text: text, raw: value, members: missing)
            }
            let id = RecordID(object: target, number: number)
            guard depth > 0 else {
                let title = known.records[id]?.title ?? known.titles[id]
                return PrintField(label: label, text: title ?? "", raw: value, members: missing)
            }
            guard let record = known.records[id] else {
                return PrintField(label: label, text: "", raw: value, members: missing)
            }
            let members = try fields(of: record, depth: depth - 1, withChildren: false)
            return PrintField(label: label, text: record.title, raw: value, members: members)
        }
        let day = value.instantValue?.date(in: formatter.timeZone)
        return PrintField(label: label, text: text, raw: value, day: day)
    }
}

/// What references were found to point at.
private final class KnownRelations {
    var records: [RecordID: Record] = [:]
    var titles: [RecordID: String] = [:]
}

/// The parts of references that lead nowhere: all are there and empty, so that a template may name them.
private final class AbsentParts {
    private struct Key: Hashable {
        let object: ObjectName
        let depth: Int
    }

    private var known: [Key: [String: PrintValue]] = [:]

    func parts(of name: ObjectName, depth: Int, _ formatter: ValueFormatter) -> [String: PrintValue] {
        let key = Key(object: name, depth: depth)
        if let parts = known[key] { return parts }
        var parts: [String: PrintValue] = [:]
        for field in formatter.catalog.objects[name]?.fields ?? [] {
            if case .children = field.type { continue }
            var members: [String: PrintValue] = [:]
            if depth > 0, case .reference(let target, _) = field.type {
                members = self.parts(of: target, depth: depth - 1, formatter)
            }
            let label = field.label.text(in: formatter.language)
            parts[field.name.rawValue] = .field(PrintField(label: label, text: "", raw: .null, members: members))
        }
        known[key] = parts
        return parts
    }
}
