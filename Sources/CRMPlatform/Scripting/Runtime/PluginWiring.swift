package import CRMModel
import LuaBridge

/// Registers what the places of a plugin's files say, each as `main.lua` would by `crm.on` and the like.
struct PluginWiring {
    private unowned let host: PluginHost
    /// Loads a module and says of which type is what it gives.
    private let take: LuaFunction
    /// Hands what was loaded last to a function of `crm`, behind up to two names.
    private let give: LuaFunction
    /// Whether two functions are one.
    private let compare: LuaFunction

    /// Prepares the wiring in the state of a plugin, before any of its code runs.
    ///
    /// - Throws: `memory`, `dead`.
    init(_ state: LuaState, _ host: PluginHost) throws(LuaError) {
        self.host = host
        // Errors pass over the chunk `crm`.
        let made = try state.load(Self.source, chunkName: "crm").call()
        guard let take = made.function(0), let give = made.function(1), let compare = made.function(2) else {
            throw LuaError(code: .dead, message: "the plugin cannot be wired")
        }
        self.take = take
        self.give = give
        self.compare = compare
    }

    private static let source = """
        local crm, require, type, rawequal = crm, require, type, rawequal
        local value
        local function take(module)
          value = require(module)
          return type(value)
        end
        local function give(name, first, second)
          local register = crm[name]
          if second then return register(first, second, value) end
          if first then return register(first, value) end
          return register(value)
        end
        return take, give, rawequal
        """

    /// Whether two functions of the plugin are one and the same.
    func isSame(_ one: LuaFunction?, _ other: LuaFunction?) throws(LuaError) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return try compare.call(arguments: [.function(one), .function(other)]).boolean(0) ?? false
    }

    /// Loads all places in order and registers them.
    ///
    /// - Returns: Every mistake, each once: a name of nothing, a file that does not load, a value of the wrong type.
    /// - Throws: what ends the state: a limit, an interruption.
    func run() throws(LuaError) -> [PlatformError] {
        var problems: [PlatformError] = []
        for place in host.package.places {
            if let message = place.problem(in: host.catalog) {
                problems.append(host.problem(message, at: place))
                continue
            }
            do throws(LuaError) {
                if let message = try register(place) { problems.append(host.problem(message, at: place)) }
            } catch {
                guard ![.dead, .memory, .budgetExceeded].contains(error.code) else { throw error }
                let problem = ScriptErrors.platformError(
                    error,
                    plugin: host.id,
                    budget: host.budget,
                    source: "\(place.path):\(host.line(of: place))"
                )
                // A library that does not load keeps all files from loading that need it.
                if !problems.contains(where: { $0.isSame(as: problem) }) { problems.append(problem) }
            }
        }
        return problems
    }

    private func register(_ place: PluginPlace) throws(LuaError) -> Message? {
        let type = try take.call(arguments: [.string(place.module)]).string(0) ?? "nil"
        guard type == (place.role.givesFunction ? "function" : "table") else {
            // A module that returns nothing is known as true.
            let isNothing = type == "boolean" || type == "nil"
            return Message(
                place.role.givesFunction ? .placeGivesFunction : .placeGivesTable,
                ["got": isNothing ? .message(Message(.placeGivesNothing)) : .text(type)]
            )
        }
        var arguments: [LuaArgument]
        switch place.role {
        case .hook(let object, let event): arguments = [.string("on"), .string(object), .string(event)]
        case .validator(let object): arguments = [.string("validate"), .string(object)]
        case .code(let object, _):
            arguments = [.string("code_rule"), .string(object)]
            if let field = place.codeField(in: host.catalog) { arguments.append(.string(field)) }
        case .report: arguments = [.string("report")]
        case .command: arguments = [.string("command")]
        case .template: arguments = [.string("print_template")]
        }
        host.place = place
        defer { host.place = nil }
        _ = try give.call(arguments: arguments)
        return nil
    }
}

extension PluginHost {
    /// The line with which the file of a place gives its value.
    fileprivate func line(of place: PluginPlace) -> Int {
        package.files[place.path].flatMap { LuaTokens($0).lineOfResult } ?? 1
    }

    /// A mistake in a file that its place has called for.
    fileprivate func problem(_ message: Message, at place: PluginPlace) -> PlatformError {
        PlatformError(
            .invalidPlugin,
            message,
            context: ErrorContext(plugin: id, file: place.path, line: line(of: place))
        )
    }
}

extension PlatformError {
    /// Whether it says the same of the same place.
    fileprivate func isSame(as other: PlatformError) -> Bool {
        context.file == other.context.file && context.line == other.context.line
            && text(in: .en) == other.text(in: .en)
    }

    /// All problems of a plugin as one error: what is wrong with its files is told at once.
    ///
    /// - Parameters:
    ///   - problems: The problems, of one plugin or of several.
    ///   - key: What is said above several of them, with `plugin` and `count`.
    /// - Returns: nil when there are none.
    package static func all(_ problems: [PlatformError], under key: MessageKey) -> PlatformError? {
        guard let first = problems.first, problems.count > 1 else { return problems.first }
        let issues = problems.flatMap { problem -> [FieldIssue] in
            let file = problem.context.file ?? ""
            let line = problem.context.line.map { ":\($0)" } ?? ""
            guard problem.issues.isEmpty else { return problem.issues }
            let message = Message(
                .metadataProblem,
                ["place": .text(file + line), "message": .message(problem.message)]
            )
            return [FieldIssue(field: nil, code: "plugin", message: message, plugin: problem.context.plugin)]
        }
        return PlatformError(
            .invalidPlugin,
            Message(
                key,
                ["plugin": .text(first.context.plugin?.rawValue ?? ""), "count": .text(String(issues.count))]
            ),
            issues: issues,
            context: first.context
        )
    }
}

extension MessageKey {
    static let placeGivesFunction = MessageKey(
        "place.gives_function",
        zhCN: "这个位置的文件要返回一个函数（return function(…) … end），它返回的是 {got}；共用的代码请放到 lib/",
        zhTW: "這個位置的檔案要返回一個函式（return function(…) … end），它返回的是 {got}；共用的程式碼請放到 lib/",
        en:
            "a file at this place returns a function (return function(…) … end); it returns {got}. Code that is shared goes into lib/"
    )
    static let placeGivesTable = MessageKey(
        "place.gives_table",
        zhCN: "这个位置的文件要返回定义表（return { title = …, … }），它返回的是 {got}；共用的代码请放到 lib/",
        zhTW: "這個位置的檔案要返回定義表（return { title = …, … }），它返回的是 {got}；共用的程式碼請放到 lib/",
        en:
            "a file at this place returns the table that defines it (return { title = …, … }); it returns {got}. Code that is shared goes into lib/"
    )
    static let placeMistakes = MessageKey(
        "place.mistakes",
        zhCN: "插件「{plugin}」的文件有 {count} 处错误，不能加载：",
        zhTW: "外掛「{plugin}」的檔案有 {count} 處錯誤，不能載入：",
        en: "The files of plugin \"{plugin}\" have {count} mistake(s), so it cannot be loaded:"
    )
    static let placeGivesNothing = MessageKey("place.gives_nothing", zhCN: "空", zhTW: "空", en: "nothing")
    static let placeOtherName = MessageKey(
        "place.other_name",
        zhCN: "name 写的是「{name}」，而位置说的是「{place}」；请删去 name，或把文件改名",
        zhTW: "name 寫的是「{name}」，而位置說的是「{place}」；請刪去 name，或把檔案改名",
        en: "its name is \"{name}\" while its place says \"{place}\"; leave name out, or rename the file"
    )
}
