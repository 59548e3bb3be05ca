import CRMModel

extension QueryCompiler {
    /// What narrows a conjunction to the records that the keys kept beside them name, so that a telephone number or an
    /// e-mail address is found without reading all records; nil when no part of it asks for one that has a key.
    ///
    /// It stands beside the conjunction, which decides.
    func narrowing(_ parts: [Condition], of object: ObjectDefinition) -> SQLFragment? {
        for part in parts {
            guard case .texts(.equal, .form(let form, let term), .form(_, .constant(let text?))) = part,
                case .field(.own(let slot)) = term,
                let key = RecordKey.keys(of: object, in: catalog)
                    .first(where: { $0.parts == [RecordKey.Part(slot: slot, form: form)] })
            else { continue }
            var sql = SQLFragment()
            sql.append(alias: 0)
            sql.append(".id IN (SELECT recordID FROM crmDuplicateKey WHERE objectID = ")
            sql.bind(.integer(object.stableID))
            sql.append(" AND rule = ")
            sql.bind(.text(key.name))
            sql.append(" AND key = ")
            sql.bind(.text(form.form(of: text)))
            sql.append(")")
            return sql
        }
        return nil
    }
}
