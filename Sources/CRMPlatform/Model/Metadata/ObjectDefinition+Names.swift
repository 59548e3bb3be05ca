extension FieldDefinition {
    /// What people call the field: its labels in every language, and its aliases.
    package var callsByPeople: [String] { Array(label.texts.values) + aliases }

    /// The names of the field without the units and remarks at their ends, folded: `数量` for `数量(台)`, `采购成本` for `采购成本(含税)`.
    ///
    /// Of the names of what is no number only such remarks are left out as say nothing of the value.
    var plainNames: Set<String> {
        var plain: Set<String> = []
        for call in callsByPeople {
            var rest = ComparableForm.heading.form(of: call)
            while let (name, inside) = LabelRemark.parted(rest), type.isNumeric || LabelRemark.areRemarks(inside) {
                rest = name
                plain.insert(name)
            }
            if type.isNumeric, let part = HeadingUnit.sure(call) { plain.insert(part.name) }
        }
        return plain
    }
}

extension ObjectDefinition {
    /// The object's own fields by their names without units and remarks.
    ///
    /// Where the name of a field says more than the one it is found by (`金额` for `金额(未税)`), those stand beside it of which the
    /// same name says something else (`含税金额`), so that none of them is taken for the one that is meant.
    package func fieldsByPlainName() -> [String: [FieldDefinition]] {
        let own = fields.filter { !$0.isSystem && $0.storage != .none }
        var found: [String: [FieldDefinition]] = [:]
        for field in own {
            for name in field.plainNames { found[name, default: []].append(field) }
        }
        let remarks = own.filter(\.type.isNumeric).map { field in
            (field: field, remarks: field.callsByPeople.map { LabelRemark($0) })
        }
        for (name, fields) in found {
            guard
                remarks.contains(where: { entry in
                    fields.contains { $0.name == entry.field.name }
                        && entry.remarks.contains { $0.name == name && !$0.said.isEmpty }
                })
            else { continue }
            for entry in remarks where !fields.contains(where: { $0.name == entry.field.name }) {
                if entry.remarks.contains(where: { $0.name == name && !$0.said.isEmpty }) {
                    found[name, default: []].append(entry.field)
                }
            }
        }
        return found
    }
}
