package import CRMModel
package import CRMStorage

extension UpgradeReview {
    /// A value that is put into all records that have none.
    package struct Fill: Sendable {
        /// The object.
        package let object: ObjectName
        /// The field.
        package let field: FieldName
        let storage: FieldStorage
        let value: Value
        let isAudited: Bool
    }

    // MARK: - What labels say of values

    /// Labels say what numbers and texts mean: a label that another field of the same kind had, or another unit in it, gives
    /// the values that are there another meaning.
    mutating func reviewLabel(
        _ field: FieldDefinition,
        _ old: FieldDefinition,
        _ object: ObjectDefinition,
        _ column: StoredColumn,
        _ count: Int64
    ) {
        guard field.label != old.label else { return }
        var words = arguments(object, field, count)
        words["old"] = .label(old.label)
        words["new"] = .label(field.label)
        if let other = formerOwner(of: field, old, object) {
            words["other"] = .text(other.rawValue)
            refuse(field, "other_meaning", Message(.upgradeOtherLabel, words))
        } else if field.type.isNumeric {
            for language in Language.allCases {
                guard let now = field.label.texts[language], let then = old.label.texts[language],
                    let units = unitChange(then, now, field.type)
                else { continue }
                words["old"] = .text(units.old.isEmpty ? "—" : units.old)
                words["new"] = .text(units.new.isEmpty ? "—" : units.new)
                return refuse(field, "other_meaning", Message(.upgradeOtherUnit, words))
            }
        }
    }

    /// The fields that the new catalog no longer has, with what is known of their columns.
    func droppedFields(
        of object: ObjectDefinition,
        _ present: SchemaState.Object
    ) -> [(field: FieldDefinition, row: FieldRow)] {
        guard let former = before.objects[object.name] else { return [] }
        return former.fields.compactMap { field in
            guard !field.isSystem, object.field(field.name) == nil, let row = present.fields[field.name],
                !row.isArchived
            else { return nil }
            return (field, row)
        }
    }

    /// Whether a new field would stand for one that is dropped: of the same kind, and under a label that it had.
    func isRenaming(_ dropped: FieldDefinition, _ new: FieldDefinition) -> Bool {
        guard dropped.storage != .none, dropped.type.descriptor == new.type.descriptor else { return false }
        let form = ComparableForm.option
        return dropped.label.texts.contains { language, text in
            new.label.texts[language].map { form.isSame($0, text) } ?? false
        }
    }

    // MARK: - New objects

    /// Refuses a new object that stands for one of the same plugin that is dropped with its records: nobody would see them
    /// any more.
    mutating func reviewNew(_ object: ObjectDefinition) throws(PlatformError) {
        for dropped in before.sortedObjects where after.objects[dropped.name] == nil && isRenaming(dropped, object) {
            guard let present = state.objects[dropped.name], !present.row.isArchived else { continue }
            let count = try connection.count(of: dropped.name)
            guard count > 0 else { continue }
            let words: [String: Message.Argument] = [
                "object": .text(object.name.rawValue), "old": .text(dropped.name.rawValue),
                "label": .label(object.label), "count": .text(String(count)),
            ]
            outcome.objections.append(
                FieldIssue(
                    field: nil,
                    code: "renamed",
                    message: Message(.upgradeRenamedObject, words),
                    plugin: object.plugin
                )
            )
        }
    }

    /// Whether a new object would stand for one that is dropped: under a label that it had, or with the same fields.
    private func isRenaming(_ dropped: ObjectDefinition, _ new: ObjectDefinition) -> Bool {
        guard dropped.plugin == new.plugin else { return false }
        let form = ComparableForm.option
        let isSameLabel = dropped.label.texts.contains { language, text in
            new.label.texts[language].map { form.isSame($0, text) } ?? false
        }
        if isSameLabel { return true }
        let fields = [dropped, new].map { object in
            Dictionary(
                object.fields.filter { !$0.isSystem }.map { ($0.name, $0.storage) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        // Many lists of two or three words have the same fields.
        return fields[0] == fields[1] && fields[0].count > 3
    }

    /// The field of the same kind that had the label of a field until now, and is still there under another.
    private func formerOwner(
        of field: FieldDefinition,
        _ old: FieldDefinition,
        _ object: ObjectDefinition
    ) -> FieldName? {
        let form = ComparableForm.option
        return before.objects[object.name]?.fields.first { other in
            guard other.name != field.name, !other.isSystem, other.type.descriptor == old.type.descriptor,
                let still = object.field(other.name)
            else { return false }
            return field.label.texts.contains { language, text in
                guard let then = other.label.texts[language], form.form(of: then) == form.form(of: text) else {
                    return false
                }
                // A label that both had, or both have, tells nothing.
                return old.label.texts[language].map { form.form(of: $0) != form.form(of: text) } ?? false
                    && still.label.texts[language].map { form.form(of: $0) != form.form(of: text) } ?? true
            }
        }?.name
    }

    // MARK: - Defaults of required fields

    /// Notes that a field's fixed default is put into the records that have none; false when it has no such default or may
    /// not have it in more than one record.
    mutating func fill(_ field: FieldDefinition, of object: ObjectDefinition, _ count: Int64) -> Bool {
        guard case .value(let value)? = field.defaultValue, !value.isNull, field.dependsOn == nil,
            !SchemaPlanner.indexes(of: object).contains(where: { $0.isUnique && $0.fields.contains(field.name) })
        else { return false }
        var words = arguments(object, field, count)
        let option = after.dictionary(of: field)?.option(value.displayText)
        words["value"] = option.map { .label($0.named) } ?? .text(ValueCoder.shown(value.displayText))
        outcome.notes.append(Message(.upgradeFilled, words))
        outcome.fills.append(
            Fill(
                object: object.name,
                field: field.name,
                storage: field.storage,
                value: value,
                isAudited: field.isAudited
            )
        )
        return true
    }
}

extension UpgradeReview.Outcome {
    /// Puts defaults into records that have none, when the tables are as the new catalog wants them, and notes it in their
    /// history.
    ///
    /// - Throws: `storage`.
    package func fillIn(
        noting notes: inout UpgradeNotes?,
        on connection: StoreConnection
    ) throws(PlatformError) {
        for fill in fills {
            if fill.isAudited {
                try notes?.noteFill(fill.field, of: fill.object, with: fill.value, on: connection)
            }
            try connection.fill(fill.field, of: fill.object, with: fill.value, as: fill.storage)
        }
    }

    /// The fields whose stored values are others than before, or in another form.
    package var changedFields: [ObjectName: Set<FieldName>] {
        var fields = conversions.mapValues { Set($0.keys) }
        for fill in fills { fields[fill.object, default: []].insert(fill.field) }
        return fields
    }
}
