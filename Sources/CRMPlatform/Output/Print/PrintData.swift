public import CRMModel

/// Makes the data of a print template from a record, as plain values.
public struct PrintData {
    /// Gives the record that a reference points at, nil when there is none any more.
    public typealias Related = (RecordID) throws -> Record?

    /// Gives the child rows of a record in a `children` field, in their order.
    public typealias Children = (Record, FieldDefinition) throws -> [Record]

    private let formatter: ValueFormatter
    private let related: Related
    private let children: Children
    private let absent = AbsentParts()

    /// Prepares the making.
    ///
    /// - Parameters:
    ///   - formatter: How values are worded.
    ///   - related: Gives the record of a reference; it is asked again for each reference, so let it remember.
    ///   - children: Gives the child rows of a field.
    public init(formatter: ValueFormatter, related: @escaping Related, children: @escaping Children) {
        self.formatter = formatter
        self.related = related
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
        var parts = try fields(of: record, depth: 2, withChildren: true)
        parts["record"] = .text(record.recordID.description)
        let today = now.date(in: formatter.timeZone)
        parts["today"] = .field(PrintField(label: "", text: today.description, raw: .date(today)))
        parts["now"] = .field(
            PrintField(label: "", text: now.text(in: formatter.timeZone), raw: .instant(now), day: today)
        )
        return .group(parts.merging(extra) { _, extra in extra })
    }

    private func fields(of record: Record, depth: Int, withChildren: Bool) throws -> [String: PrintValue] {
        var parts: [String: PrintValue] = [:]
        for (slot, field) in record.object.fields.enumerated() {
            if case .children = field.type {
                guard withChildren else { continue }
                parts[field.name.rawValue] = .list(
                    try children(record, field).map { .group(try fields(of: $0, depth: 1, withChildren: false)) }
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
            guard let record = try related(RecordID(object: target, number: number)) else {
                return PrintField(label: label, text: "", raw: value, members: missing)
            }
            let members = depth > 0 ? try fields(of: record, depth: depth - 1, withChildren: false) : [:]
            return PrintField(label: label, text: record.title, raw: value, members: members)
        }
        let day = value.instantValue?.date(in: formatter.timeZone)
        return PrintField(label: label, text: text, raw: value, day: day)
    }
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
