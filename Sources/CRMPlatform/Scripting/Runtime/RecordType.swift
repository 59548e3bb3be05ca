package import CRMModel
import CRMRecords
package import LuaBridge

/// Records in Lua: fields by name, references as records, children as lists; nothing is copied before it is read.
package enum RecordType {
    package static func make(
        _ object: ObjectDefinition,
        in state: LuaState,
        host: PluginHost
    ) throws(LuaError) -> LuaClass<RecordHandle> {
        let keys = object.fields.map(\.name.rawValue)
        let kinds = object.fields.map(Kind.init)
        return try LuaClass(state: state, name: object.name.rawValue, keys: keys) { definition in
            definition.index = { [unowned host] handle, slot, call in
                try read(handle, slot, kinds, &call, host)
            }
            definition.newIndex = { [unowned host] handle, slot, call in
                try write(handle, slot, &call, host)
            }
            definition.events[.tostring] = { call in
                call.push(try call.object(1, as: RecordHandle.self).recordID.description)
            }
            definition.events[.equal] = { call in
                let left = try? call.object(1, as: RecordHandle.self)
                let right = try? call.object(2, as: RecordHandle.self)
                call.push(left?.recordID == right?.recordID)
            }
            // A field that has the name of a method, such as a person's title, is what people mean by it.
            definition.methods = methods(host).filter { method in !keys.contains(method.name) }
        }
    }

    /// How a field is shown to scripts, without the texts of its definition.
    private enum Kind {
        case value
        case reference
        case children

        init(_ field: FieldDefinition) {
            switch field.type {
            case .reference: self = .reference
            case .children: self = .children
            default: self = .value
            }
        }
    }

    private static func read(
        _ handle: RecordHandle,
        _ slot: Int,
        _ kinds: [Kind],
        _ call: inout LuaCall,
        _ host: PluginHost
    ) throws {
        guard slot >= 0 else { throw unknownField(handle.object, call.keyName) }
        if kinds[slot] == .children, case .children(let object, let via) = handle.object.fields[slot].type {
            return try pushChildren(handle, object, via, &call, host)
        }
        let value = try handle.value(slot, in: host)
        switch value {
        case .null: call.pushNil()
        case .boolean(let flag): call.push(flag)
        case .text(let text): call.push(text)
        case .integer(let number) where kinds[slot] == .value: call.push(number)
        case .integer: try call.push(host.luaTypes().argument(value, of: handle.object.fields[slot]))
        case .decimal, .date, .instant: try call.push(host.luaTypes().argument(value, of: nil))
        }
    }

    private static func pushChildren(
        _ handle: RecordHandle,
        _ name: ObjectName,
        _ via: FieldName,
        _ call: inout LuaCall,
        _ host: PluginHost
    ) throws {
        let types = try host.luaTypes()
        guard handle.id != 0, !handle.hides(name, via) else { return try call.push(LuaArgument.array([])) }
        let records = try host.reading { session throws(PlatformError) in
            try session.children(name, of: handle.recordID, by: via)
        }
        let rows = try records.map { LuaArgument.object(try types.argument(RecordHandle($0))) }
        try call.push(.array(rows))
    }

    private static func write(
        _ handle: RecordHandle,
        _ slot: Int,
        _ call: inout LuaCall,
        _ host: PluginHost
    ) throws {
        guard slot >= 0 else { throw unknownField(handle.object, call.keyName, isGiven: true) }
        guard let draft = handle.draft else {
            throw PlatformError(
                .invalidInput,
                Message(.scriptAssign, ["field": .label(handle.object.fields[slot].label)]),
                context: ErrorContext(object: handle.object.name, field: handle.object.fields[slot].name)
            )
        }
        let value = try call.value(1, opaque: .name)
        guard let input = LuaTypes.input(value) else {
            let field = handle.object.fields[slot]
            let problem =
                LuaTypes.problem(with: value, at: field.name.rawValue, takesRows: false)
                ?? (field.name.rawValue, Message(.scriptValueKind, ["type": "table"]))
            throw PlatformError(
                .invalidInput,
                Message(
                    .scriptFieldKind,
                    ["field": .label(field.label), "name": .text(problem.path), "reason": .message(problem.reason)]
                ),
                context: ErrorContext(object: handle.object.name, field: field.name)
            )
        }
        try host.session().assign(draft, slot: slot, input)
    }

    /// The refusal of a field that an object does not have; `isGiven` says that it was to be given a value.
    package static func unknownField(_ object: ObjectDefinition, _ key: String?, isGiven: Bool = false) -> PlatformError
    {
        let key = key ?? "?"
        let names = object.fields.lazy.filter { !$0.isSystem }.map(\.name.rawValue)
        let hint = Suggestion.hint(for: key, among: names)
        let message = Message(
            .fieldUnknown,
            [
                "object": .label(object.label), "name": .text(TextLimits.prefix(key, characters: 60)),
                "hint": .text(hint),
            ]
        )
        let context = ErrorContext(object: object.name)
        guard isGiven else { return PlatformError(.invalidInput, message, context: context) }
        return PlatformError(
            .validationFailed,
            Message(.scriptFields, ["object": .label(object.label)]),
            issues: [FieldIssue(field: FieldName(rawValue: key), code: "unknown_field", message: message)],
            context: context
        )
    }

    private static func slot(_ handle: RecordHandle, _ call: borrowing LuaCall) throws -> Int {
        let name = try call.string(1)
        guard let field = FieldName(rawValue: name), let slot = handle.object.slot(of: field) else {
            throw unknownField(handle.object, name)
        }
        return slot
    }

    /// The methods that records have beside their fields.
    package static let methodNames: Set<String> = [
        "changed", "old", "any_stage", "is_new", "id_of", "label", "object", "title", "to_table",
    ]
    /// Those that take the name of a field.
    package static let fieldMethods: Set<String> = ["changed", "old", "id_of", "label"]

    private static func methods(
        _ host: PluginHost
    ) -> [(name: String, body: LuaClass<RecordHandle>.Method)] {
        [
            (
                "changed",
                { handle, call in
                    let slot = try slot(handle, call)
                    call.push(handle.draft?.isChanged(slot) ?? false)
                }
            ),
            (
                "old",
                { [unowned host] handle, call in
                    let slot = try slot(handle, call)
                    let value = try handle.draft?.oldValue(slot) ?? handle.value(slot, in: host)
                    try call.push(host.luaTypes().argument(value, of: handle.object.fields[slot]))
                }
            ),
            ("any_stage", { handle, call in call.push(handle.draft?.takesAnyStage ?? false) }),
            ("is_new", { handle, call in call.push(handle.draft?.isNew ?? false) }),
            (
                "id_of",
                { [unowned host] handle, call in
                    let slot = try slot(handle, call)
                    if let id = try handle.value(slot, in: host).integerValue {
                        call.push(id)
                    } else {
                        call.pushNil()
                    }
                }
            ),
            (
                "label",
                { [unowned host] handle, call in
                    let slot = try slot(handle, call)
                    let value = try handle.value(slot, in: host)
                    call.push(label(value, handle.object.fields[slot], host))
                }
            ),
            ("object", { handle, call in call.push(handle.object.name.rawValue) }),
            (
                "title",
                { [unowned host] handle, call in
                    let title = try handle.value(handle.object.titleSlot, in: host).displayText
                    call.push(title.isEmpty ? handle.recordID.description : title)
                }
            ),
            (
                "to_table",
                { [unowned host] handle, call in
                    let types = try host.luaTypes()
                    var members: [(name: String, value: LuaArgument)] = []
                    for (slot, field) in handle.object.fields.enumerated() where field.storage != .none {
                        let value = try handle.value(slot, in: host)
                        if case .reference = field.type, case .integer(let id) = value {
                            members.append((field.name.rawValue, .integer(id)))
                        } else if !value.isNull {
                            members.append((field.name.rawValue, try types.argument(value, of: field)))
                        }
                    }
                    try call.push(.map(members))
                }
            ),
        ]
    }

    /// What people see for a value: the label of an option, else the text.
    package static func label(_ value: Value, _ field: FieldDefinition, _ host: PluginHost) -> String {
        if let option = value.textValue.flatMap({ host.catalog.dictionary(of: field)?.option($0) }) {
            return option.label.text(in: host.language)
        }
        return value.displayText
    }
}

extension MessageKey {
    package static let scriptAssign = MessageKey(
        "script.assign",
        zhCN: "此处的记录是只读的，不能给「{field}」赋值；请用 crm.update",
        zhTW: "此處的記錄是唯讀的，不能給「{field}」賦值；請用 crm.update",
        en: "this record is read-only here, {field} cannot be assigned; use crm.update"
    )
}
