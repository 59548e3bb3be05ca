package import CRMModel
import CRMOutput
package import CRMRecords
package import LuaBridge

/// What a plugin has registered while it was loaded.
package struct PluginRegistrations {
    /// A hook; the object is nil for all objects.
    package struct Hook {
        let object: ObjectName?
        let point: HookPoint
        let handler: LuaHook
        /// Whether the place of a file says it.
        let isPlaced: Bool
    }

    /// A validator of an object.
    package struct Validator {
        let object: ObjectName
        let handler: LuaValidator
        let isPlaced: Bool
    }

    /// A rule that makes the codes of a field.
    package struct Code {
        let object: ObjectName
        let field: FieldName
        let handler: LuaCode
        let isPlaced: Bool
    }

    package var hooks: [Hook] = []
    package var validators: [Validator] = []
    package var codes: [Code] = []
    package var reports: [OfferedFunction] = []
    package var templates: [ScriptTemplate] = []
    package var commands: [OfferedFunction] = []
    /// How many handlers begin at a place, as those do that a loop registers.
    private var places: [String: Int] = [:]

    /// The name of one more handler that begins at a place: the place, from the second one on with its number.
    package mutating func name(at place: String) -> String {
        let number = places[place, default: 0] + 1
        places[place] = number
        return number == 1 ? place : "\(place) #\(number)"
    }
}

/// A report or a command that a plugin offers by name.
package struct OfferedFunction {
    package let name: String
    package let title: LocalizedText
    package let parameters: [ParameterInfo]
    package let run: LuaFunction
    /// Where the code begins, `reports/sales.lua:3`.
    package let source: String
    /// Whether the place of a file says it.
    package let isPlaced: Bool
}

/// A print template that a plugin offers.
package struct ScriptTemplate {
    package let name: String
    package let title: LocalizedText
    package let object: ObjectName
    package let data: LuaFunction?
    /// Where the code of `data` begins.
    package let source: String
    /// Whether the place of a file says it.
    package let isPlaced: Bool
}

/// A hook written in Lua.
package final class LuaHook: HookHandler {
    package let source: String
    /// The name by which failures are counted: handlers that a loop makes begin at one place.
    private let name: String
    let function: LuaFunction
    private unowned let host: PluginHost

    package init(_ function: LuaFunction, source: String, name: String, host: PluginHost) {
        self.function = function
        self.source = source
        self.name = name
        self.host = host
    }

    package var plugin: PluginID { host.id }

    package func call(_ draft: RecordDraft, at point: HookPoint, in session: RecordSession) throws(PlatformError) {
        try host.run(in: session, from: name) { _ throws(LuaError) in
            let record = try host.luaTypes().argument(RecordHandle(draft))
            guard point == .stageChanged, let slot = Self.stageSlot(draft.object) else {
                return try function.call(object: record)
            }
            try function.call(
                arguments: [.object(record), Self.stage(draft.oldValue(slot)), Self.stage(draft[slot])]
            )
        }
    }
}

extension LuaHook {
    private static func stageSlot(_ object: ObjectDefinition) -> Int? {
        object.stages.flatMap { object.slot(of: $0.field) }
    }

    private static func stage(_ value: Value) -> LuaArgument { value.textValue.map(LuaArgument.string) ?? .nil }
}

/// A validator written in Lua: it is given the record and a function that notes what is wrong.
package final class LuaValidator: ValidatorHandler {
    package let source: String
    private let name: String
    let function: LuaFunction
    private unowned let host: PluginHost
    private let fail: LuaFunction
    private let found: IssueList

    /// The issues that the validator notes while it runs.
    private final class IssueList {
        var issues: [FieldIssue] = []
    }

    package init(
        _ function: LuaFunction,
        source: String,
        name: String,
        host: PluginHost,
        state: LuaState
    ) throws(LuaError) {
        self.function = function
        self.source = source
        self.name = name
        self.host = host
        let found = IssueList()
        self.found = found
        fail = try state.makeFunction("fail") { [unowned host] call in
            let field = try call.optionalString(1)
            let owner = field.map { " for the field '\(TextLimits.prefix($0, characters: 60))'" } ?? ""
            let text = try ScriptErrors.text(call, 2, of: owner)
            guard found.issues.count < 200 else { return }
            found.issues.append(
                FieldIssue(
                    field: field.flatMap { FieldName(rawValue: $0) },
                    code: "rule",
                    message: Message(custom: text),
                    rule: source,
                    plugin: host.id
                )
            )
        }
    }

    package var plugin: PluginID { host.id }

    package func validate(_ draft: RecordDraft, in session: RecordSession) throws(PlatformError) -> [FieldIssue] {
        let outer = found.issues
        found.issues = []
        defer { found.issues = outer }
        try host.run(in: session, from: name) { _ throws(LuaError) in
            let record = try host.luaTypes().argument(RecordHandle(draft))
            _ = try function.call(arguments: [.object(record), .function(fail)])
        }
        return found.issues
    }
}

/// A code rule written in Lua: it is given the record and a function that gives the next serial of a counter.
package final class LuaCode: CodeHandler {
    package let source: String
    private let name: String
    let function: LuaFunction
    private unowned let host: PluginHost
    private let next: LuaFunction
    private let counter: Counter

    /// The counter of the code that is being made, nil between codes.
    private final class Counter {
        var next: ((String) throws(PlatformError) -> Int64)?
    }

    package init(
        _ function: LuaFunction,
        source: String,
        name: String,
        host: PluginHost,
        state: LuaState
    ) throws(LuaError) {
        self.function = function
        self.source = source
        self.name = name
        self.host = host
        let counter = Counter()
        self.counter = counter
        next = try state.makeFunction("next") { [unowned host] call in
            guard let next = counter.next else {
                throw PlatformError(.invalidInput, Message(.scriptNextLate), context: ErrorContext(plugin: host.plugin))
            }
            call.push(try next(call.string(1)))
        }
    }

    package var plugin: PluginID { host.id }

    package func code(
        _ draft: RecordDraft,
        in session: RecordSession,
        next serial: (String) throws(PlatformError) -> Int64
    ) throws(PlatformError) -> String {
        let outer = counter.next
        defer { counter.next = outer }
        // Lua may keep `next` for ever, but it reaches `serial` only through the counter, which lets go of it.
        return try withoutActuallyEscaping(serial) { escaping throws(PlatformError) in
            counter.next = escaping
            defer { counter.next = nil }
            return try host.run(in: session, from: name) { _ throws(LuaError) in
                let record = try host.luaTypes().argument(RecordHandle(draft))
                return try function.call(arguments: [.object(record), .function(next)]).string(0)
            } ?? ""
        }
    }
}

extension MessageKey {
    package static let scriptNextLate = MessageKey(
        "script.next_late",
        zhCN: "next 只能在编码规则运行时调用",
        zhTW: "next 只能在編碼規則執行時呼叫",
        en: "next can be called only while its code rule runs"
    )
}
