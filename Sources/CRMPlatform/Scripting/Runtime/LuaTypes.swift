package import CRMModel
package import CRMRecords
package import LuaBridge

/// The classes of objects that a plugin's scripts see: records of each object, decimals, days and moments.
package final class LuaTypes {
    package let decimal: LuaClass<DecimalBox>
    package let date: LuaClass<DateBox>
    package let instant: LuaClass<InstantBox>
    private var records: [ObjectName: LuaClass<RecordHandle>] = [:]
    private let state: LuaState
    private unowned let host: PluginHost

    package init(state: LuaState, host: PluginHost) throws(LuaError) {
        self.state = state
        self.host = host
        decimal = try DecimalType.make(in: state, host: host)
        date = try DateType.make(in: state, host: host)
        instant = try DateType.makeInstant(in: state, host: host)
    }

    /// The class of an object's records; made when first needed.
    package func record(_ object: ObjectDefinition) throws(LuaError) -> LuaClass<RecordHandle> {
        if let known = records[object.name] { return known }
        let new = try RecordType.make(object, in: state, host: host)
        records[object.name] = new
        return new
    }

    /// A record for a script; it expires with the unit of work.
    package func argument(_ handle: RecordHandle) throws(LuaError) -> LuaObjectArgument {
        try record(handle.object).argument(handle, scope: host.scope, cost: handle.cost)
    }

    /// A value of a field for a script.
    package func argument(_ value: Value, of field: FieldDefinition?) throws(LuaError) -> LuaArgument {
        switch value {
        case .null: return .nil
        case .boolean(let flag): return .boolean(flag)
        case .integer(let number):
            if case .reference(let target, _)? = field?.type, let object = host.catalog.objects[target] {
                return .object(try argument(RecordHandle(object: object, number: number)))
            }
            return .integer(number)
        case .decimal(let number): return .object(decimal.argument(DecimalBox(number), cost: 64))
        case .text(let text): return .string(text)
        case .date(let day): return .object(date.argument(DateBox(day), cost: 32))
        case .instant(let moment): return .object(instant.argument(InstantBox(moment), cost: 32))
        }
    }

    /// A value that a script gives, as input for a field.
    package static func input(_ value: LuaValue) -> InputValue? {
        switch value {
        case .nil: return .value(.null)
        case .boolean(let flag): return .value(.boolean(flag))
        case .integer(let number): return .value(.integer(number))
        case .number(let number):
            // A float is taken by its shortest decimal form, so that 0.1 means one tenth.
            return FixedDecimal(exactly: number).map { .value(.decimal($0)) }
        case .string(let text): return .text(text)
        case .array(let rows):
            var inputs: [RecordInput] = []
            for row in rows {
                guard let input = recordInput(row) else { return nil }
                inputs.append(input)
            }
            return .rows(inputs)
        case .table(let pairs): return pairs.isEmpty ? .rows([]) : nil
        case .bytes, .opaque: return nil
        }
    }

    /// A table of fields as the input of a save; nil when a key is no field name or a value is none.
    package static func recordInput(_ value: LuaValue) -> RecordInput? {
        guard case .table(let pairs) = value else { return nil }
        var input = RecordInput()
        for pair in pairs {
            guard case .string(let key) = pair.key, let field = FieldName(rawValue: key),
                let given = Self.input(pair.value)
            else { return nil }
            input.append(field, given)
        }
        return input
    }
}

extension DecimalBox: LuaDataConvertible {
    /// The exact text.
    package var luaData: LuaValue { .string(value.description) }
}

extension DateBox: LuaDataConvertible {
    /// The ISO text.
    package var luaData: LuaValue { .string(value.description) }
}

extension InstantBox: LuaDataConvertible {
    /// The ISO text.
    package var luaData: LuaValue { .string(value.description) }
}

extension RecordHandle: LuaDataConvertible {
    /// `customer/42`.
    package var luaData: LuaValue { .string(recordID.description) }
}
