import CRMModel
import CRMRecords
import LuaBridge

/// Acting in place of the system.
enum AccessAPI {
    /// The greatest length of a reason.
    private static let longestReason = 200

    static let asSystem = APIFunction(
        "",
        "as_system",
        "Runs a function that reads and writes records whatever the acting user may see and do; the history keeps the reason. "
            + "The plugin declares the capability as_system in plugin.json.",
        [
            .required("reason", .string, "Why, 1 to 200 characters"),
            .required("work", .function, "What is done; it cannot yield"),
        ],
        returns: "any ...",
        example:
            "local due = crm.as_system(\"credit of the whole company\", function() return crm.count(\"order\") end)",
        run
    )

    private static func run(_ call: inout LuaCall, _ host: PluginHost) throws {
        guard host.package.manifest.capabilities.contains(.asSystem) else {
            throw PlatformError(
                .permissionDenied,
                host.plugin.map { Message(.scriptNoCapability, ["plugin": .text($0.rawValue)]) }
                    ?? Message(.scriptNoSystem),
                context: ErrorContext(plugin: host.plugin)
            )
        }
        let reason = TextNormalisation.trimmed(try call.string(1))
        guard (1...longestReason).contains(reason.count), !reason.contains(where: \.isNewline) else {
            throw call.badArgument(1, "a reason has 1 to \(longestReason) characters on one line")
        }
        let work = try call.function(2)
        // The results stay with the script: the function that is called here is one of `crm` around it.
        _ = try host.session().asSystem(reason: reason) { () throws(LuaError) in try work.call() }
    }

    /// The function as scripts have it, which gives back what the work returns: whatever that is, it does not leave the state.
    static func returning(_ function: LuaFunction, _ state: LuaState) throws(LuaError) -> LuaFunction {
        let source = """
            local f, pack, unpack, type = ...
            return function(reason, work)
              if type(work) ~= 'function' then return f(reason, work) end
              local results
              f(reason, function() results = pack(work()) end)
              return unpack(results, 1, results.n)
            end
            """
        let raw = try state.load("return table.pack, table.unpack, type", chunkName: "crm").call()
        guard let pack = raw.function(0), let unpack = raw.function(1), let type = raw.function(2),
            let wrapped = try state.load(source, chunkName: "crm")
                .call(arguments: [.function(function), .function(pack), .function(unpack), .function(type)])
                .function(0)
        else { return function }
        return wrapped
    }
}

extension MessageKey {
    static let scriptNoSystem = MessageKey(
        "script.no_system",
        zhCN: "只有声明了这种能力的插件才能用 crm.as_system；脚本和命令行以当前用户的身份执行",
        zhTW: "只有宣告了這種能力的外掛才能用 crm.as_system；腳本和命令列以目前使用者的身分執行",
        en: "only plugins that declare it may use crm.as_system; scripts and the command line act as the present user"
    )
    static let scriptNoCapability = MessageKey(
        "script.no_capability",
        zhCN: "插件「{plugin}」没有声明以系统身份执行的能力；请在 plugin.json 写 \"capabilities\": [\"as_system\"]",
        zhTW: "外掛「{plugin}」沒有宣告以系統身分執行的能力；請在 plugin.json 寫 \"capabilities\": [\"as_system\"]",
        en: "the plugin \"{plugin}\" has not declared that it acts as the system; "
            + "write \"capabilities\": [\"as_system\"] into plugin.json"
    )
}
