package import CRMModel
package import CRMStorage

package import struct Foundation.TimeZone

/// Holds a change of metadata against the records that are there, before anything is changed: what they would come to
/// mean, whether they fit, what must be brought into another form.
package struct UpgradeReview {
    /// What the review found.
    package struct Outcome {
        /// Why the change cannot be made.
        package internal(set) var objections: [FieldIssue] = []
        /// What becomes of values that are kept in another form from now on.
        package internal(set) var conversions: [ObjectName: [FieldName: ColumnConversion]] = [:]
        /// What people should know, with numbers.
        package internal(set) var notes: [Message] = []
        /// The fields that are archived, with the types they had.
        package internal(set) var archived: [(fieldID: Int64, type: FieldType)] = []
        /// The options that fields had, for those that are archived or whose values outlive their options.
        package internal(set) var options: [Int64: [PicklistSet.Option]] = [:]
        /// What is put where nothing stands, in fields that are required from now on.
        package internal(set) var fills: [Fill] = []
        /// The fields that come back.
        package internal(set) var revived: [Int64] = []
    }

    /// Gives the units that two labels of a field of a type tell, when they differ.
    package typealias UnitChange =
        @Sendable (_ old: String, _ new: String, _ type: FieldType) -> (
            old: String, new: String
        )?

    let connection: StoreConnection
    let before: Catalog
    let after: Catalog
    let state: SchemaState
    let zone: TimeZone
    /// The plugins that are taken out; values of their options stay with the records.
    let removed: Set<PluginID>
    /// The units that two labels tell, when they differ.
    let unitChange: UnitChange
    var outcome = Outcome()

    /// Prepares the review of a change from one catalog to another; `unitChange` gives the units that two labels tell when
    /// they differ.
    ///
    /// - Throws: `storage`.
    package init(
        from before: Catalog,
        to after: Catalog,
        removed: Set<PluginID>,
        zone: TimeZone,
        unitChange: @escaping UnitChange,
        on connection: StoreConnection
    ) throws(PlatformError) {
        self.unitChange = unitChange
        self.before = before
        self.after = after
        self.removed = removed
        self.zone = zone
        self.connection = connection
        state = try SchemaState.read(on: connection)
    }

    /// Looks at every object that has a table.
    ///
    /// - Throws: `storage`.
    package mutating func run() throws(PlatformError) -> Outcome {
        for object in after.sortedObjects {
            guard let present = state.objects[object.name] else {
                try reviewNew(object)
                continue
            }
            let count = try connection.count(of: object.name)
            if present.row.isArchived, present.row.plugin != object.plugin, count > 0 {
                refuse(object, present, count)
                continue
            }
            for field in object.fields where !field.isSystem {
                if let row = present.fields[field.name] {
                    try review(field, row, of: object, present)
                } else {
                    try reviewNew(field, of: object, present, count)
                }
            }
        }
        try noteArchived()
        return outcome
    }

    /// An object whose records are of a plugin that is away.
    private mutating func refuse(_ object: ObjectDefinition, _ present: SchemaState.Object, _ count: Int64) {
        outcome.objections.append(
            FieldIssue(
                field: nil,
                code: "other_plugin",
                message: Message(
                    .upgradeOtherObject,
                    [
                        "object": .text(object.name.rawValue), "count": .text(String(count)),
                        "plugin": .text(present.row.plugin?.rawValue ?? "local"),
                    ]
                ),
                plugin: object.plugin
            )
        )
    }

    // MARK: - New fields

    private mutating func reviewNew(
        _ field: FieldDefinition,
        of object: ObjectDefinition,
        _ present: SchemaState.Object,
        _ count: Int64
    ) throws(PlatformError) {
        for (dropped, row) in droppedFields(of: object, present) where isRenaming(dropped, field) {
            let held = try StoredColumn(object: object.name, field: dropped.name, row: row).count(on: connection)
            guard held > 0 else { continue }
            var words = arguments(object, field, held)
            words["old"] = .text(dropped.name.rawValue)
            words["label"] = .label(field.label)
            return refuse(field, "renamed", Message(.upgradeRenamed, words))
        }
        guard field.isRequired, count > 0, field.storage != .none, field.type != .autoNumber else { return }
        if fill(field, of: object, count) { return }
        // Records that were made before a field was required may be saved without it, until somebody fills it in.
        outcome.notes.append(Message(.upgradeNewRequired, arguments(object, field, count)))
    }

    // MARK: - Fields that are there

    private mutating func review(
        _ field: FieldDefinition,
        _ row: FieldRow,
        of object: ObjectDefinition,
        _ present: SchemaState.Object
    ) throws(PlatformError) {
        let isBack = row.isArchived || present.row.isArchived
        let old = isBack ? nil : before.objects[object.name]?.field(field.name)
        if isBack { outcome.revived.append(row.id) }
        let known: FieldType?
        if let old { known = old.type } else { known = try MetaTable.archivedType(of: row.id, on: connection) }
        // Of what was archived by a program that did not note the type, the form is all that is known.
        let former = known ?? (row.storage == field.storage ? field.type : row.storage.plainType)
        let column = StoredColumn(object: object.name, field: field.name, row: row)
        let count = try column.count(on: connection)
        if isBack, row.plugin != field.plugin, count > 0 {
            var words = arguments(object, field, count)
            words["plugin"] = .text(row.plugin?.rawValue ?? "local")
            return refuse(field, "other_plugin", Message(.upgradeOtherField, words))
        }
        var change = TypeChange.between(former, field.type, zone: zone)
        if case .otherMeaning = change {
            guard count == 0 else {
                var words = arguments(object, field, count)
                words["old"] = .text(former.shown)
                words["new"] = .text(field.type.shown)
                words["examples"] = .text(try column.examples(on: connection))
                return refuse(field, "other_meaning", Message(.upgradeOtherMeaning, words))
            }
            change = .convert { _ in nil }
        }
        if row.storage != field.storage {
            let convert: @Sendable (Value) -> Value? =
                if case .convert(let function) = change { function } else { { $0 } }
            var conversion = ColumnConversion(from: row.storage, to: field.storage, convert: convert)
            conversion.isAudited = field.isAudited
            outcome.conversions[object.name, default: [:]][field.name] = conversion
        }
        if count > 0 {
            if let next = after.dictionary(of: field) {
                try reviewOptions(field, next, known ?? former, old, column, object)
            } else {
                try reviewValues(field, change, old, column, object, former)
            }
            if let old { reviewLabel(field, old, object, column, count) }
        }
        if field.isRequired, !(old?.isRequired ?? false), field.storage != .none, field.type != .autoNumber {
            try reviewRequired(field, object, count, isBack: isBack)
        }
        if case .children = field.type, old != nil, known?.descriptor != field.type.descriptor {
            outcome.notes.append(
                Message(
                    .upgradeChildren,
                    [
                        "object": .text(object.name.rawValue), "field": .text(field.name.rawValue),
                        "old": .text(former.shown), "new": .text(field.type.shown),
                    ]
                )
            )
        }
    }

    private mutating func reviewRequired(
        _ field: FieldDefinition,
        _ object: ObjectDefinition,
        _ count: Int64,
        isBack: Bool
    ) throws(PlatformError) {
        let empty = try connection.count(of: object.name) - count
        guard empty > 0, !fill(field, of: object, empty) else { return }
        // While it was away nobody could fill it in; its records are as they were, and saved when somebody does.
        if isBack {
            outcome.notes.append(Message(.upgradeBackRequired, arguments(object, field, empty)))
            return
        }
        refuse(field, "required", Message(.upgradeRequired, arguments(object, field, empty)))
    }

    /// Counts the values that do not fit the field as it will be.
    private mutating func reviewValues(
        _ field: FieldDefinition,
        _ change: TypeChange,
        _ old: FieldDefinition?,
        _ column: StoredColumn,
        _ object: ObjectDefinition,
        _ former: FieldType
    ) throws(PlatformError) {
        let convert: (@Sendable (Value) -> Value?)? = if case .convert(let function) = change { function } else { nil }
        guard convert != nil || old.map({ isNarrower(field, than: $0) }) ?? true else { return }
        guard let slot = object.slot(of: field.name) else { return }
        let plan = try ObjectPlans(catalog: after, dialect: connection.dialect, timeZone: zone).plan(object.name)
        var misfits: Int64 = 0
        var examples: [String] = []
        var problem: Message?
        try column.forEach(on: connection) { (id: Int64, value: Value) throws(PlatformError) in
            var issues: [FieldIssue] = []
            if let new = convert.map({ $0(value) }) ?? value {
                FieldChecks.check(new, slot: slot, plan: plan, into: &issues)
                guard !issues.isEmpty else { return }
            }
            misfits += 1
            if problem == nil { problem = issues.first?.message }
            if examples.count < 3 {
                examples.append("\(object.name)/\(id) (\(ValueCoder.shown(value.displayText)))")
            }
        }
        guard misfits > 0 else {
            if convert != nil {
                var words = arguments(object, field, try column.count(on: connection))
                words["old"] = .text(former.shown)
                words["new"] = .text(field.type.shown)
                outcome.notes.append(Message(.upgradeConverted, words))
            }
            return
        }
        var words = arguments(object, field, misfits)
        words["examples"] = .text(examples.joined(separator: ", "))
        words["new"] = .text(field.type.shown)
        words["problem"] =
            problem.map { .message($0) } ?? .message(Message(.upgradeNoFit, ["new": .text(field.type.shown)]))
        refuse(field, "misfit", Message(.upgradeMisfits, words))
    }

    /// Whether values that fitted the old field need not fit the new one.
    private func isNarrower(_ new: FieldDefinition, than old: FieldDefinition) -> Bool {
        if new.type.descriptor != old.type.descriptor { return true }
        if let limit = new.maxLength, limit < (old.maxLength ?? .max) { return true }
        return new.minimum != old.minimum || new.maximum != old.maximum || new.pattern != old.pattern
    }

    // MARK: - What is archived

    /// Notes the types of fields that are archived, so that they come back as what they were.
    private mutating func noteArchived() throws(PlatformError) {
        for (name, present) in state.objects where !present.row.isArchived {
            for row in present.fieldsInOrder where !row.isArchived && after.objects[name]?.field(row.name) == nil {
                guard let field = before.objects[name]?.field(row.name) else { continue }
                outcome.archived.append((row.id, field.type))
                guard let own = before.dictionary(of: field)?.options else { continue }
                let left = try MetaTable.archivedOptions(of: row.id, on: connection)
                outcome.options[row.id] = own + left.filter { option in !own.contains { $0.value == option.value } }
            }
        }
    }

    // MARK: - Words

    mutating func refuse(_ field: FieldDefinition, _ code: String, _ message: Message) {
        outcome.objections.append(FieldIssue(field: field.name, code: code, message: message, plugin: field.plugin))
    }

    func arguments(
        _ object: ObjectDefinition,
        _ field: FieldDefinition,
        _ count: Int64
    ) -> [String: Message.Argument] {
        [
            "object": .text(object.name.rawValue), "field": .text(field.name.rawValue),
            "count": .text(String(count)),
        ]
    }
}

extension FieldStorage {
    /// The plainest type whose values are kept so.
    fileprivate var plainType: FieldType {
        switch self {
        case .text: .text
        case .integer: .integer
        case .scaled(let scale): .decimal(scale: scale)
        case .boolean: .boolean
        case .date: .date
        case .instant: .dateTime
        case .none: .text
        }
    }
}

extension UpgradeReview.Outcome {
    /// Notes the types and options of the fields that are archived, and forgets those of the fields that are back.
    ///
    /// - Throws: `storage`.
    package func keep(on connection: StoreConnection) throws(PlatformError) {
        for id in revived {
            try MetaTable.setArchivedType(of: id, to: nil, on: connection)
            try MetaTable.setArchivedOptions(of: id, to: [], on: connection)
        }
        for (id, type) in archived { try MetaTable.setArchivedType(of: id, to: type, on: connection) }
        for (id, options) in options { try MetaTable.setArchivedOptions(of: id, to: options, on: connection) }
    }
}
