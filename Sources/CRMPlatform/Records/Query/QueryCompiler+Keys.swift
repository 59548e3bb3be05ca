import CRMModel

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
            var sql = SQLFragment()
            for part in parts {
                guard let narrowed = narrowing(part, of: object) else { return nil }
                sql.append(sql.isEmpty ? "(" : " OR ")
                sql.append(narrowed)
            }
            if !sql.isEmpty { sql.append(")") }
            return sql.isEmpty ? nil : sql
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
        var inner = Self.records(of: owner, key)
        inner.append(" AND key IN (")
        Self.append(forms, to: &inner)
        inner.append(")")
        return records(in: inner, source.hops, of: object)
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
        var inner = Self.records(of: owner, key)
        inner.append(" AND key >= ")
        inner.bind(.text(low))
        inner.append(" AND key < ")
        inner.bind(.text(high))
        return records(in: inner, source.hops, of: object)
    }

    /// The records whose field begins so; nil when no index has it first.
    private func records(beginningWith prefix: String, _ slot: Int, of object: ObjectDefinition) -> SQLFragment? {
        guard Self.hasIndex(slot, object), let (low, high) = ExpressionSQL.range(of: prefix) else { return nil }
        var sql = SQLFragment()
        sql.append("(")
        ExpressionSQL.append(alias: 0, slot, of: object, to: &sql)
        sql.append(" >= ")
        sql.bind(.text(low))
        sql.append(" AND ")
        ExpressionSQL.append(alias: 0, slot, of: object, to: &sql)
        sql.append(" < ")
        sql.bind(.text(high))
        sql.append(")")
        return sql
    }

    private static func hasIndex(_ slot: Int, _ object: ObjectDefinition) -> Bool {
        let field = object.fields[slot]
        return field.isUnique || object.indexes.contains { $0.fields.first == field.name }
    }

    /// The keys that are kept of one field alone.
    private func keys(of slot: Int, _ object: ObjectDefinition) -> [RecordKey] {
        RecordKey.keys(of: object, in: catalog).filter { $0.parts.count == 1 && $0.parts[0].slot == slot }
    }

    private static func records(of object: ObjectDefinition, _ key: RecordKey) -> SQLFragment {
        var sql = SQLFragment()
        sql.append("SELECT recordID FROM crmDuplicateKey WHERE objectID = ")
        sql.bind(.integer(object.stableID))
        sql.append(" AND rule = ")
        sql.bind(.text(key.name))
        return sql
    }

    /// The records whose field has one of those values; nil when no index has the field first.
    private func records(with texts: [String], _ source: FieldSource, of object: ObjectDefinition) -> SQLFragment? {
        let owner = source.hops.last?.target ?? object
        guard !texts.isEmpty, Self.hasIndex(source.slot, owner) else { return nil }
        var inner = SQLFragment()
        inner.append("SELECT id FROM ")
        inner.append(table: owner.name)
        inner.append(" WHERE ")
        inner.append(column: owner.fields[source.slot].name)
        inner.append(" IN (")
        Self.append(texts, to: &inner)
        inner.append(")")
        return records(in: inner, source.hops, of: object)
    }

    private static func append(_ texts: [String], to sql: inout SQLFragment) {
        for (index, text) in texts.enumerated() {
            if index > 0 { sql.append(", ") }
            sql.bind(.text(text))
        }
    }

    /// The records that lead through references to those of a statement.
    private func records(
        in statement: SQLFragment,
        _ hops: [FieldPath.Hop],
        of object: ObjectDefinition
    ) -> SQLFragment {
        var statement = statement
        for index in hops.indices.reversed().dropLast() {
            let owner = hops[index - 1].target
            var outer = SQLFragment()
            outer.append("SELECT id FROM ")
            outer.append(table: owner.name)
            outer.append(" WHERE ")
            outer.append(column: owner.fields[hops[index].slot].name)
            outer.append(" IN (")
            outer.append(statement)
            outer.append(")")
            statement = outer
        }
        var sql = SQLFragment()
        ExpressionSQL.append(alias: 0, hops.first?.slot ?? SystemField.id.slot, of: object, to: &sql)
        sql.append(" IN (")
        sql.append(statement)
        sql.append(")")
        return sql
    }
}
