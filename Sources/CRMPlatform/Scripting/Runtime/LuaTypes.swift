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

    /// What keeps a value of a script from being the input for a field, and where within it; nil when nothing does.
    package static func problem(
        with value: LuaValue,
        at path: String,
        takesRows: Bool
    ) -> (path: String, reason: Message)? {
        switch value {
        case .nil, .boolean, .integer, .string: return nil
        case .number(let number):
            guard FixedDecimal(exactly: number) == nil else { return nil }
            let key: MessageKey = number.isFinite ? .scriptValueFloat : .scriptValueInfinite
            return (path, Message(key, ["number": .text("\(number)")]))
        case .bytes: return (path, Message(.scriptValueBytes))
        case .opaque(let type): return (path, Message(.scriptValueKind, ["type": .text(type)]))
        case .table(let pairs):
            return pairs.isEmpty ? nil : (path, Message(.scriptValueKind, ["type": "table"]))
        case .array where !takesRows: return (path, Message(.scriptValueKind, ["type": "table"]))
        case .array(let rows):
            for (index, row) in rows.enumerated() {
                let place = "\(path)[\(index + 1)]"
                guard case .table(let pairs) = row else { return (place, Message(.scriptValueRow)) }
                for pair in pairs {
                    let key = Definition.text(pair.key) ?? "?"
                    guard case .string(let name) = pair.key, FieldName(rawValue: name) != nil else {
                        return (place, Message(.scriptValueKey, ["key": .text(TextLimits.prefix(key, characters: 60))]))
                    }
                    if let problem = problem(with: pair.value, at: "\(place).\(key)", takesRows: true) {
                        return problem
                    }
                }
            }
            return nil
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

extension MessageKey {
    static let scriptValueBytes = MessageKey(
        "script.value_bytes",
        zhCN: "文本不是有效的 UTF-8",
        zhTW: "文字不是有效的 UTF-8",
        en: "the text is not valid UTF-8"
    )
    static let scriptValueFloat = MessageKey(
        "script.value_float",
        zhCN: "浮点数 {number} 不是确切的小数；请用 crm.decimal 计算（如 crm.decimal(\"0.1\") + crm.decimal(\"0.2\")），或先取整",
        zhTW: "浮點數 {number} 不是確切的小數；請用 crm.decimal 計算（如 crm.decimal(\"0.1\") + crm.decimal(\"0.2\")），或先取整",
        en:
            "the float {number} is no exact decimal; compute with crm.decimal (crm.decimal(\"0.1\") + crm.decimal(\"0.2\")), or "
            + "round it first"
    )
    static let scriptValueInfinite = MessageKey(
        "script.value_infinite",
        zhCN: "{number} 不是数字",
        zhTW: "{number} 不是數字",
        en: "{number} is no number"
    )
    static let scriptValueKind = MessageKey(
        "script.value_kind",
        zhCN: "字段的值是文本、数字、是否、日期或记录，不能是 {type}",
        zhTW: "欄位的值是文字、數字、是否、日期或記錄，不能是 {type}",
        en: "fields take texts, numbers, booleans, dates and records, and no {type}"
    )
    static let scriptValueRow = MessageKey(
        "script.value_row",
        zhCN: "子表的每一行是字段名 → 值的表",
        zhTW: "子表的每一列是欄位名 → 值的表",
        en: "each child row is a table of field names and values"
    )
    static let scriptValueKey = MessageKey(
        "script.value_key",
        zhCN: "「{key}」不是字段名",
        zhTW: "「{key}」不是欄位名",
        en: "\"{key}\" is no field name"
    )
}
