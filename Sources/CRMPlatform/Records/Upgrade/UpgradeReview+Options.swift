import CRMModel
import CRMStorage

extension UpgradeReview {
    /// Holds the values of a field against the options it will have: what they would come to mean, and which have none.
    mutating func reviewOptions(
        _ field: FieldDefinition,
        _ next: PicklistSet,
        _ former: FieldType,
        _ old: FieldDefinition?,
        _ column: StoredColumn,
        _ object: ObjectDefinition
    ) throws(PlatformError) {
        guard case .picklist(let dictionary) = former else {
            return try reviewTexts(field, next, former, column, object)
        }
        let left = try MetaTable.archivedOptions(of: column.row.id, on: connection)
        let own = old.flatMap { before.dictionary(of: $0)?.options } ?? []
        let values = Set(own.map(\.value))
        let change = OptionChange(
            former: PicklistSet(
                name: dictionary,
                label: next.label,
                options: own + left.filter { !values.contains($0.value) },
                plugin: nil
            ),
            next: next,
            isSameDictionary: dictionary == next.name
        )
        // What a plugin left behind when it went does not stand against what others do.
        let mayBeGone = old == nil ? [] : Set(left.map(\.value)).subtracting(values)
        if !change.isNothing { try reviewOptions(field, change, mayBeGone, column, object) }
        if !removed.isEmpty || !left.isEmpty {
            outcome.options[column.row.id] = change.former.options.filter { next.option($0.value) == nil }
        }
    }

    private mutating func reviewOptions(
        _ field: FieldDefinition,
        _ change: OptionChange,
        _ mayBeGone: Set<String>,
        _ column: StoredColumn,
        _ object: ObjectDefinition
    ) throws(PlatformError) {
        var moved: [String: String] = [:]
        var gone = Misfits(object: object.name)
        try column.forEachDistinct(on: connection) { (value: Value, count: Int64, first: Int64) in
            guard case .text(let text) = value else { return }
            var words = arguments(object, field, count)
            words["value"] = .text(ValueCoder.shown(text))
            words["example"] = .text("\(object.name)/\(first)")
            switch change.fate(of: text) {
            case .same: break
            case .relabelled(let old, let new):
                words["old"] = .label(old)
                words["new"] = .label(new)
                outcome.notes.append(Message(.upgradeRelabelled, words))
            case .otherMeaning(let old, let new):
                words["old"] = .label(old)
                words["new"] = .label(new)
                refuse(field, "other_meaning", Message(.upgradeOtherOption, words))
            case .moved(let option):
                moved[text] = option.value
                words["new"] = .label(option.named)
                outcome.notes.append(Message(.upgradeMovedOption, words))
            case .gone: if !mayBeGone.contains(text) { gone.add(text, count, first) }
            }
        }
        if gone.count > 0 {
            var words = arguments(object, field, gone.count)
            words["examples"] = .text(gone.examples)
            words["problem"] = .message(
                Message(
                    change.isSameDictionary ? .upgradeNoOption : .upgradeNotAnOption,
                    ["new": .text(field.type.shown)]
                )
            )
            // What a plugin leaves behind when it goes stays with the records.
            if removed.isEmpty {
                refuse(field, "misfit", Message(.upgradeMisfits, words))
            } else {
                outcome.notes.append(Message(.upgradeLeftOptions, words))
            }
        }
        guard !moved.isEmpty else { return }
        convert(field, of: object) { [moved] value in
            guard case .text(let text) = value, let new = moved[text] else { return value }
            return .text(new)
        }
    }

    /// Free texts become options when each says which one it means, by value, label or alias.
    private mutating func reviewTexts(
        _ field: FieldDefinition,
        _ next: PicklistSet,
        _ former: FieldType,
        _ column: StoredColumn,
        _ object: ObjectDefinition
    ) throws(PlatformError) {
        var misfits = Misfits(object: object.name)
        var fitting: Int64 = 0
        var others: Int64 = 0
        try column.forEachDistinct(on: connection) { (value: Value, count: Int64, first: Int64) in
            guard case .text(let text) = value, case .one(let option) = next.match(text) else {
                return misfits.add(value.displayText, count, first)
            }
            fitting += count
            if option.value != text { others += count }
        }
        var words = arguments(object, field, fitting)
        words["old"] = .text(former.shown)
        words["new"] = .text(field.type.shown)
        guard misfits.count == 0 else {
            words["count"] = .text(String(misfits.count))
            words["fitting"] = .text(String(fitting))
            words["values"] = .text(misfits.values)
            words["examples"] = .text(misfits.examples)
            return refuse(field, "misfit", Message(.upgradeNotOptions, words))
        }
        guard others > 0 else { return }
        words["count"] = .text(String(others))
        outcome.notes.append(Message(.upgradeConverted, words))
        convert(field, of: object) { value in
            guard case .text(let text) = value, case .one(let option) = next.match(text) else { return nil }
            return .text(option.value)
        }
    }

    private mutating func convert(
        _ field: FieldDefinition,
        of object: ObjectDefinition,
        _ body: @escaping @Sendable (Value) -> Value?
    ) {
        var conversion = ColumnConversion(from: field.storage, to: field.storage, convert: body)
        conversion.isAudited = field.isAudited
        outcome.conversions[object.name, default: [:]][field.name] = conversion
    }
}

/// Values that fit nowhere, each with its records.
private struct Misfits {
    let object: ObjectName
    private(set) var count: Int64 = 0
    private var shown: [(value: String, count: Int64, first: Int64)] = []
    private var distinct = 0

    init(object: ObjectName) {
        self.object = object
    }

    mutating func add(_ value: String, _ count: Int64, _ first: Int64) {
        self.count += count
        distinct += 1
        if shown.count < 10 { shown.append((ValueCoder.shown(value), count, first)) }
    }

    /// The values, each with the number of its records.
    var values: String {
        shown.map { "\($0.value) ×\($0.count)" }.joined(separator: ", ") + (distinct > shown.count ? ", …" : "")
    }

    /// A record of each value.
    var examples: String {
        shown.prefix(3).map { "\(object)/\($0.first) (\($0.value))" }.joined(separator: ", ")
    }
}
