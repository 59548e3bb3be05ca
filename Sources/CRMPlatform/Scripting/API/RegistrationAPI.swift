import CRMModel
import CRMRecords
import LuaBridge

/// What plugins register while they are loaded: by `main.lua`, and by the places of their files (`PluginWiring`).
enum RegistrationAPI {
    static let functions: [APIFunction] = [
        APIFunction(
            "",
            "on",
            "Registers a hook that runs at a point of every save of an object's records, as hooks/<object>/<event>.lua does by its place.",
            [
                .required("object", .string, "Object API name, or \"*\" for all objects"),
                .required(
                    "event",
                    .string,
                    "before_validate, before_save, after_save, stage_changed, settle, after_commit, before_delete or "
                        + "after_delete"
                ),
                .required(
                    "handler",
                    .function,
                    "Called with the record; for stage_changed also with the stage before (nil for a new record) and after"
                ),
            ],
            phases: "load",
            example: "crm.on(\"customer\", \"before_save\", function(rec) rec.grade = \"A\" end)",
            on
        ),
        APIFunction(
            "",
            "validate",
            "Registers a validator that notes everything wrong with a record, as validators/<object>.lua does by its place.",
            [
                .required("object", .string, "Object API name"),
                .required("validator", .function, "Called with the record and fail(field, message)"),
            ],
            phases: "load",
            example:
                "crm.validate(\"order\", function(rec, fail) if rec.amount:is_zero() then fail(\"amount\", \"0\") end end)",
            validate
        ),
        APIFunction(
            "",
            "code_rule",
            "Registers a rule that makes the codes of an auto-number field, as codes/<object>.lua does by its place.",
            [
                .required("object", .string, "Object API name"), .required("field", .string, "Auto-number field"),
                .required("rule", .function, "Called with the record and next(key); returns the code"),
            ],
            phases: "load",
            example: "crm.code_rule(\"order\", \"code\", function(rec, next) return \"O\" .. next(\"all\") end)",
            codeRule
        ),
        APIFunction(
            "",
            "report",
            "Registers a report, as reports/<name>.lua does by its place.",
            [
                .required(
                    "definition",
                    .table,
                    "name, title, params and run(params), which returns columns, rows and chart"
                )
            ],
            phases: "load",
            example:
                "crm.report{name = \"sales\", title = \"Sales\", run = function(params) return {columns = {}, rows = {}} end}",
            report
        ),
        APIFunction(
            "",
            "print_template",
            "Registers a print template, as print/<name>/data.lua does by its place; its pages are print/<name>/<locale>.html or .svg.",
            [.required("definition", .table, "name, object, title and data(rec), which returns further data")],
            phases: "load",
            example: "crm.print_template{name = \"badge\", object = \"contact\", title = \"Badge\"}",
            template
        ),
        APIFunction(
            "",
            "command",
            "Registers a command for the shell, as commands/<name>.lua does by its place.",
            [
                .required(
                    "definition",
                    .table,
                    "name, title, params and run(args), which returns a text, or text, columns, rows and chart"
                )
            ],
            phases: "load",
            example: "crm.command{name = \"hello\", title = \"Hello\", run = function(args) return \"hello\" end}",
            command
        ),
        APIFunction(
            "",
            "reject",
            "Refuses the operation that is going on, with a text for the user.",
            [
                .required("message", .text, "What is wrong and how to mend it"),
                .optional("field", .string, "The field the message belongs to"),
            ],
            phases: "hook",
            example: "crm.reject(\"库存不足\", \"quantity\")",
            reject
        ),
    ]

    /// Where the code of a contribution is: where its function begins, which need not be the file that registers it.
    private static func source(_ call: borrowing LuaCall, of position: Int, _ host: PluginHost) -> String {
        let place = call.definition(of: position)
        return place.line > 0 ? "\(place.chunk):\(place.line)" : host.place?.path ?? call.callerLocation.chunk
    }

    /// Whether the place of a file has registered a function already that is registered now.
    private static func isPlaced<Entry>(
        _ function: LuaFunction?,
        _ entries: [Entry],
        _ placed: (Entry) -> (isPlaced: Bool, function: LuaFunction?),
        _ host: PluginHost
    ) throws -> Bool {
        for entry in entries {
            let known = placed(entry)
            if known.isPlaced, try host.isSame(known.function, function) { return true }
        }
        return false
    }

    private static func knownObject(_ call: borrowing LuaCall, _ host: PluginHost) throws -> ObjectDefinition {
        let text = try call.string(1)
        guard let name = ObjectName(rawValue: text) else { throw call.badArgument(1, "not an object name: \(text)") }
        return try host.catalog.object(name)
    }

    private static func on(_ call: inout LuaCall, _ host: PluginHost) throws {
        let isForAll = try call.string(1) == "*"
        let object = isForAll ? nil : try knownObject(call, host).name
        let text = try call.string(2)
        guard let point = HookPoint(rawValue: text) else {
            let known = HookPoint.allCases.map(\.rawValue)
            let hint = Suggestion.nearest(to: text, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw call.badArgument(2, "no event '\(text)'\(hint) Events: \(known.joined(separator: ", "))")
        }
        if point == .stageChanged, let object, host.catalog.objects[object]?.stages == nil {
            throw call.badArgument(2, "the object '\(object)' has no stages; declare them in objects/\(object).json")
        }
        let function = try call.function(3)
        let others = host.registrations.hooks.filter { $0.object == object && $0.point == point }
        guard try !isPlaced(function, others, { ($0.isPlaced, $0.handler.function) }, host) else { return }
        let source = source(call, of: 3, host)
        let handler = LuaHook(function, source: source, name: host.handlerName(at: source), host: host)
        let isPlaced = host.place != nil
        try host.register {
            $0.hooks.append(.init(object: object, point: point, handler: handler, isPlaced: isPlaced))
        }
    }

    private static func validate(_ call: inout LuaCall, _ host: PluginHost) throws {
        let object = try knownObject(call, host).name
        let function = try call.function(2)
        let others = host.registrations.validators.filter { $0.object == object }
        guard try !isPlaced(function, others, { ($0.isPlaced, $0.handler.function) }, host) else { return }
        let source = source(call, of: 2, host)
        let handler = try LuaValidator(
            function,
            source: source,
            name: host.handlerName(at: source),
            host: host,
            state: call.state
        )
        let isPlaced = host.place != nil
        try host.register { $0.validators.append(.init(object: object, handler: handler, isPlaced: isPlaced)) }
    }

    private static func codeRule(_ call: inout LuaCall, _ host: PluginHost) throws {
        let object = try knownObject(call, host)
        let text = try call.string(2)
        guard let name = FieldName(rawValue: text), let field = object.field(name), case .autoNumber = field.type else {
            throw call.badArgument(2, "'\(text)' is no auto_number field of \(object.name)")
        }
        let function = try call.function(3)
        let others = host.registrations.codes.filter { $0.object == object.name && $0.field == name }
        guard try !isPlaced(function, others, { ($0.isPlaced, $0.handler.function) }, host) else { return }
        let source = source(call, of: 3, host)
        let handler = try LuaCode(
            function,
            source: source,
            name: host.handlerName(at: source),
            host: host,
            state: call.state
        )
        let isPlaced = host.place != nil
        try host.register {
            $0.codes.append(.init(object: object.name, field: name, handler: handler, isPlaced: isPlaced))
        }
    }

    private static func report(_ call: inout LuaCall, _ host: PluginHost) throws {
        let report = try offered(call, host)
        let others = host.registrations.reports.filter { $0.name == report.name }
        guard try !isPlaced(report.run, others, { ($0.isPlaced, $0.run) }, host) else { return }
        try host.register { $0.reports.append(report) }
    }

    private static func command(_ call: inout LuaCall, _ host: PluginHost) throws {
        let command = try offered(call, host)
        let others = host.registrations.commands.filter { $0.name == command.name }
        guard try !isPlaced(command.run, others, { ($0.isPlaced, $0.run) }, host) else { return }
        try host.register { $0.commands.append(command) }
    }

    private static func offered(_ call: borrowing LuaCall, _ host: PluginHost) throws -> OfferedFunction {
        let definition = try Definition(call, allowing: ["name", "title", "params", "run"], at: host.place)
        return OfferedFunction(
            name: definition.name,
            title: definition.title,
            parameters: try definition.parameters(),
            run: try definition.function("run"),
            source: source(call, of: Definition.position(of: "run"), host),
            isPlaced: host.place != nil
        )
    }

    private static func template(_ call: inout LuaCall, _ host: PluginHost) throws {
        let definition = try Definition(call, allowing: ["name", "title", "object", "data"], at: host.place)
        guard case .string(let text)? = definition.value["object"], let name = ObjectName(rawValue: text) else {
            throw call.badArgument(1, "'object' must be an object name")
        }
        _ = try host.catalog.object(name)
        let template = ScriptTemplate(
            name: definition.name,
            title: definition.title,
            object: name,
            data: definition.value["data"] == nil ? nil : try definition.function("data"),
            source: source(call, of: Definition.position(of: "data"), host),
            isPlaced: host.place != nil
        )
        let others = host.registrations.templates.filter { $0.name == template.name && $0.object == template.object }
        guard try !isPlaced(template.data, others, { ($0.isPlaced, $0.data) }, host) else { return }
        try host.register { $0.templates.append(template) }
    }

    private static func reject(_ call: inout LuaCall, _ host: PluginHost) throws {
        let text = try ScriptErrors.text(call, 1)
        let place = call.callerLocation
        throw PlatformError(
            .hookRejected,
            Message(custom: text),
            context: ErrorContext(
                field: try call.optionalString(2).flatMap { FieldName(rawValue: $0) },
                plugin: host.plugin,
                file: place.chunk,
                line: place.line
            )
        )
    }
}
