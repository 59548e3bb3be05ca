import CRMModel
import CRMStorage

extension QueryCompiler {
    /// What narrows a conjunction to the records that the keys kept beside them name, so that texts are found by their
    /// comparable form without reading all records; nil when no part of it asks for one that has a key.
    ///
    /// It stands beside the conjunction, which decides.
    func narrowing(_ parts: [Condition], of object: ObjectDefinition) -> SQLFragment? {
        for part in parts {
            if let sql = narrowing(part, of: object) { return sql }
        }
        return nil
    }

    private func narrowing(_ condition: Condition, of object: ObjectDefinition) -> SQLFragment? {
        switch condition {
        case .all(let parts): return narrowing(parts, of: object)
        case .any(let parts) where Self.beginning(parts) != nil:
            guard let (prefix, form, source) = Self.beginning(parts) else { return nil }
            return records(beginningWith: prefix, in: form, source, of: object)
        case .any(let parts):
            // What is never true adds no record.
            let parts = parts.filter { part in
                if case .settled(_, false) = part { false } else { true }
            }
            var narrowed: [SQLFragment] = []
            for part in parts {
                guard let one = narrowing(part, of: object) else { return nil }
                narrowed.append(one)
            }
            return narrowed.isEmpty ? nil : "(\(.list(narrowed, separator: " OR ")))"
        case .first(let parts):
            guard parts.count == 2, case .constant(false) = parts[1] else { return nil }
            return narrowing(parts[0], of: object)
        case .texts(.equal, .form(let form, .field(let source)), .constant(let text?)),
            .texts(.equal, .constant(let text?), .form(let form, .field(let source))):
            return records(with: [text], in: form, source, of: object)
        case .textAmong(.form(let form, .field(let source)), let texts, orUnknown: _):
            return records(with: texts, in: form, source, of: object)
        case .textAmong(.field(let source), let texts, orUnknown: _):
            return records(with: texts, source, of: object)
        case .matches(.form(let form, .field(let source)), let pattern):
            return records(beginningWith: pattern.smallPrefix, in: form, source, of: object)
        case .matches(.field(.own(let slot)), let pattern):
            return records(beginningWith: pattern.exactPrefix, slot, of: object)
        default: return nil
        }
    }

    /// With what the comparable forms of all texts begin that one pattern matches as they stand and the other by their forms;
    /// nil when that is not sure.
    private static func beginning(_ parts: [Condition]) -> (prefix: String, form: ComparableForm, source: FieldSource)?
    {
        guard parts.count == 2, case .matches(.field(let source), let written) = parts[0],
            case .matches(.form(let form, .field(let other)), let formed) = parts[1], form == .text || form == .name,
            source.slot == other.slot, source.hops.map(\.slot) == other.hops.map(\.slot)
        else { return nil }
        // Letters, digits and ideographs are never composed with what follows them.
        let plain = written.smallPrefix.unicodeScalars.prefix { scalar in
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A, 0x4E00...0x9FFF: true
            default: false
            }
        }
        let both = zip(form.form(of: String(plain)).unicodeScalars, formed.smallPrefix.unicodeScalars)
        var prefix = String.UnicodeScalarView()
        for (scalar, other) in both {
            guard scalar == other else { break }
            prefix.append(scalar)
        }
        return prefix.isEmpty ? nil : (String(prefix), form, source)
    }

    /// The records whose field has one of those comparable forms; nil when no key is kept of the field.
    private func records(
        with texts: [String],
        in form: ComparableForm,
        _ source: FieldSource,
        of object: ObjectDefinition
    ) -> SQLFragment? {
        let owner = source.hops.last?.target ?? object
        if form == .email, owner.fields[source.slot].type == .email {
            // Addresses are kept in their form, so their own index serves.
            return records(with: texts, source, of: object)
        }
        let keys = keys(of: source.slot, owner)
        // Texts that are the same as codes are the same as names and as texts.
        guard !texts.isEmpty,
            let key = keys.first(where: { $0.parts[0].form == form })
                ?? keys.first(where: { form == .code && ($0.isTitle || $0.parts[0].form == .text) })
        else { return nil }
        let forms = texts.map { key.parts[0].form == form ? $0 : key.parts[0].form.form(of: $0) }
        guard forms.allSatisfy({ !$0.isEmpty }) else { return nil }
        let values = sql.bound(forms.map(Value.text), as: .text)
        let named = DuplicateKeyTable.numbers(objectID: owner.stableID, rule: key.name, keys: values, by: sql)
        return records(in: named, source.hops, of: object)
    }

    /// The records whose field has a comparable form that begins so; nil when no key is kept of the field.
    private func records(
        beginningWith prefix: String,
        in form: ComparableForm,
        _ source: FieldSource,
        of object: ObjectDefinition
    ) -> SQLFragment? {
        let owner = source.hops.last?.target ?? object
        guard let key = keys(of: source.slot, owner).first(where: { $0.parts[0].form == form }),
            let (low, high) = ExpressionSQL.range(of: prefix)
        else { return nil }
        let named = DuplicateKeyTable.numbers(
            objectID: owner.stableID,
            rule: key.name,
            from: low.bound(by: sql),
            to: high.bound(by: sql),
            by: sql
        )
        return records(in: named, source.hops, of: object)
    }

    /// The records whose field begins so; nil when no index has it first.
    private func records(beginningWith prefix: String, _ slot: Int, of object: ObjectDefinition) -> SQLFragment? {
        guard Self.hasIndex(slot, object), let (low, high) = ExpressionSQL.range(of: prefix) else { return nil }
        let text = sql.column(object.fields[slot].name, of: 0)
        return sql.within(text, low.bound(by: sql), high.bound(by: sql))
    }

    private static func hasIndex(_ slot: Int, _ object: ObjectDefinition) -> Bool {
        let field = object.fields[slot]
        return field.isUnique || object.indexes.contains { $0.fields.first == field.name }
    }

    /// The keys that are kept of one field alone.
    private func keys(of slot: Int, _ object: ObjectDefinition) -> [RecordKey] {
        RecordKey.keys(of: object, in: catalog).filter { $0.parts.count == 1 && $0.parts[0].slot == slot }
    }

    /// The records whose field has one of those values; nil when no index has the field first.
    private func records(with texts: [String], _ source: FieldSource, of object: ObjectDefinition) -> SQLFragment? {
        let owner = source.hops.last?.target ?? object
        guard !texts.isEmpty, Self.hasIndex(source.slot, owner) else { return nil }
        let values = sql.bound(texts.map(Value.text), as: .text)
        return records(in: numbers(of: owner, with: source.slot, in: values), source.hops, of: object)
    }

    /// The numbers of the records that have one of some values in a slot.
    private func numbers(of object: ObjectDefinition, with slot: Int, in values: SQLFragment) -> SQLFragment {
        "SELECT id FROM \(sql.table(object.name)) WHERE \(sql.column(object.fields[slot].name)) IN (\(values))"
    }

    /// The records that lead through references to those of a statement.
    private func records(
        in statement: SQLFragment,
        _ hops: [FieldPath.Hop],
        of object: ObjectDefinition
    ) -> SQLFragment {
        var statement = statement
        for index in hops.indices.reversed().dropLast() {
            statement = numbers(of: hops[index - 1].target, with: hops[index].slot, in: statement)
        }
        let reference = sql.column(object.fields[hops.first?.slot ?? SystemField.id.slot].name, of: 0)
        return "\(reference) IN (\(statement))"
    }
}
