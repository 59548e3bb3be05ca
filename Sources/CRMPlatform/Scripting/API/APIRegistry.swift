package import CRMModel
package import CRMRecords
package import LuaBridge

/// All functions of the `crm` table.
///
/// What is not declared here does not exist for scripts.
package enum APIRegistry {
    /// The declarations in the order of the reference.
    static let functions: [APIFunction] =
        RegistrationAPI.functions + RecordAPI.functions + [HistoryAPI.history, AccessAPI.asSystem] + QueryAPI.functions
        + PicklistAPI.functions + CompanyAPI.functions + DateAPI.functions
        + DecimalAPI.functions + WordsAPI.functions + JSONAPI.functions + TextAPI.functions

    /// Sets up the `crm` table in a plugin's state.
    package static func install(in state: LuaState, host: PluginHost) throws(LuaError) {
        var modules: [String: [(name: String, value: LuaArgument)]] = [:]
        for declaration in functions {
            let function = try state.makeFunction(declaration.qualifiedName) { [unowned host] call in
                try check(declaration, call)
                do {
                    try declaration.body(&call, host)
                } catch var error as PlatformError {
                    // Where the call stood is known here alone: a module that breaks while it is loaded is over when its
                    // error arrives.
                    let place = call.callerLocation
                    if error.context.file == nil, place.line > 0, error.context.plugin ?? host.id == host.id {
                        error.context.file = place.chunk
                        error.context.line = place.line
                    }
                    throw error
                }
            }
            let isDefinition = declaration.parameters.first?.name == "definition"
            var shown = isDefinition ? try withMembers(function, state) : function
            if declaration.name == AccessAPI.asSystem.name { shown = try AccessAPI.returning(function, state) }
            modules[declaration.module, default: []].append((declaration.name, .function(shown)))
        }
        var members = modules[""] ?? []
        for (name, functions) in modules.sorted(by: { $0.key < $1.key }) where !name.isEmpty {
            members.append((name, .table(try state.makeModule(functions))))
        }
        members.append(("plugin", .table(try plugin(state, host))))
        try state.makeModule("crm", members)
    }

    /// Hands the functions within a definition over as arguments of their own; errors pass over its chunk, `crm`, and name the
    /// line of the plugin.
    private static func withMembers(_ function: LuaFunction, _ state: LuaState) throws(LuaError) -> LuaFunction {
        let members = Definition.functionKeys.map { "rawget(d, '\($0)')" }.joined(separator: ", ")
        let wrapper = try state.load(
            "local f, rawget, type = ... return function(d) if type(d) ~= 'table' then return f(d) end return f(d, \(members)) end",
            chunkName: "crm"
        )
        let raw = try state.load("return rawget, type", chunkName: "crm").call()
        guard let rawget = raw.function(0), let type = raw.function(1),
            let wrapped = try wrapper.call(arguments: [.function(function), .function(rawget), .function(type)])
                .function(0)
        else { return function }
        return wrapped
    }

    private static func plugin(_ state: LuaState, _ host: PluginHost) throws(LuaError) -> LuaTable {
        let manifest = host.package.manifest
        var settings: [(name: String, value: LuaArgument)] = []
        for setting in manifest.settings {
            settings.append((setting.name.rawValue, .value(JSONAPI.luaValue(setting.value))))
        }
        return try state.makeModule([
            ("id", .string(manifest.id.rawValue)), ("version", .string(manifest.version.description)),
            ("settings", .table(try state.makeModule(settings))),
        ])
    }

    /// Checks the arguments of a call against the declaration.
    private static func check(_ declaration: APIFunction, _ call: borrowing LuaCall) throws {
        for (index, parameter) in declaration.parameters.enumerated() {
            let position = index + 1
            if parameter.isOptional, call.isNil(position) { continue }
            guard parameter.kind.accepts(call.type(of: position)) else {
                throw call.wrongArgument(position, expected: parameter.kind.expected)
            }
        }
    }
}

extension PluginHost {
    /// The object that a script names.
    package func object(_ call: borrowing LuaCall, _ position: Int) throws -> ObjectDefinition {
        let name = try call.string(position)
        if let known = ObjectName(rawValue: name), let object = catalog.objects[known] { return object }
        return try catalog.object(calledByPeople: name)
    }

    /// The record that a script names: a record, `customer/42`, or a number when the object is known.
    package func recordID(
        _ call: borrowing LuaCall,
        _ position: Int,
        in object: ObjectDefinition? = nil
    ) throws -> RecordID {
        switch call.type(of: position) {
        case .object: return try call.object(position, as: RecordHandle.self).recordID
        case .integer, .number:
            guard let object else { throw call.wrongArgument(position, expected: "record or \"customer/42\"") }
            return RecordID(object: object.name, number: try call.integer(position))
        default:
            guard let id = RecordID(try call.string(position)) else {
                throw call.badArgument(position, "not a record such as \"customer/42\"")
            }
            return id
        }
    }

    /// The record that a script names by its object and its number, the first of two arguments being the object.
    package func recordID(_ call: borrowing LuaCall, ofObjectAt position: Int) throws -> RecordID {
        let object = try object(call, position)
        let id = try recordID(call, position + 1, in: object)
        guard id.object == object.name else {
            throw call.badArgument(position + 1, "'\(id)' is no record of '\(object.name)'")
        }
        return id
    }

    /// How many values the fields and child rows of one save may be: 20,000 rows of twenty fields.
    private static var inputItems: Int { 1_000_000 }

    /// The fields that a script gives, with messages that name the wrong one.
    package func input(_ call: borrowing LuaCall, _ position: Int, of object: ObjectDefinition) throws -> RecordInput {
        guard case .table(let pairs) = try call.value(position, opaque: .name, items: Self.inputItems) else {
            throw call.wrongArgument(position, expected: "table of fields")
        }
        var input = RecordInput()
        for pair in pairs {
            guard case .string(let key) = pair.key, let field = FieldName(rawValue: key),
                let value = LuaTypes.input(pair.value)
            else { throw wrongFields(pairs, of: object) }
            input.append(field, value)
        }
        return input
    }

    /// Everything that is wrong with the fields a script gives, at most 100 of them.
    private func wrongFields(
        _ pairs: [(key: LuaValue, value: LuaValue)],
        of object: ObjectDefinition
    ) -> PlatformError {
        var issues: [FieldIssue] = []
        for pair in pairs.sorted(by: { Definition.text($0.key) ?? "" < Definition.text($1.key) ?? "" }) {
            guard issues.count < 100 else { break }
            let key = Definition.text(pair.key) ?? "?"
            let field = FieldName(rawValue: key).flatMap { object.field($0) }
            if let field, field.isSystem {
                issues.append(
                    FieldIssue(
                        field: field.name,
                        code: "read_only",
                        message: Message(.fieldReadOnly, ["field": .label(field.label)])
                    )
                )
            } else if let field {
                guard
                    let problem = LuaTypes.problem(
                        with: pair.value,
                        at: key,
                        takesRows: field.storage == FieldStorage.none
                    )
                else { continue }
                issues.append(
                    FieldIssue(
                        field: field.name,
                        code: "wrong_kind",
                        message: Message(
                            .scriptFieldKind,
                            [
                                "field": .label(field.label), "name": .text(problem.path),
                                "reason": .message(problem.reason),
                            ]
                        )
                    )
                )
            } else {
                let known = object.fields.lazy.filter { !$0.isSystem }.map(\.name.rawValue)
                issues.append(
                    FieldIssue(
                        field: FieldName(rawValue: key),
                        code: "unknown_field",
                        message: Message(
                            .fieldUnknown,
                            [
                                "object": .label(object.label), "name": .text(TextLimits.prefix(key, characters: 60)),
                                "hint": .text(Suggestion.hint(for: key, among: known)),
                            ]
                        )
                    )
                )
            }
        }
        return PlatformError(
            .validationFailed,
            Message(.scriptFields, ["object": .label(object.label)]),
            issues: issues,
            context: ErrorContext(object: object.name)
        )
    }
}

extension MessageKey {
    package static let scriptFields = MessageKey(
        "script.fields",
        zhCN: "给「{object}」的字段有误：",
        zhTW: "給「{object}」的欄位有誤：",
        en: "The fields given for {object} are wrong:"
    )
    package static let scriptFieldKind = MessageKey(
        "script.field_kind",
        zhCN: "「{field}」（{name}）不能取这个值：{reason}",
        zhTW: "「{field}」（{name}）不能取這個值：{reason}",
        en: "{field} ({name}) cannot take this value: {reason}"
    )
}
