import CRMModel

extension LuaReview {
    /// The names that the state of a plugin has.
    package static let known: Set<String> = [
        "assert", "error", "getmetatable", "ipairs", "load", "next", "pairs", "pcall", "print", "rawequal", "rawget",
        "rawlen", "rawset", "require", "select", "setmetatable", "tonumber", "tostring", "type", "xpcall", "_VERSION",
        "_G", "_ENV", "string", "table", "math", "utf8", "coroutine", "os", "crm",
    ]
    /// Those that tests have besides.
    private static let ofTests: Set<String> = ["test", "expect"]

    /// The globals that a source uses, by place.
    private func globals(_ source: Source) -> [(place: Int, isAssigned: Bool)] {
        source.scopes.uses.compactMap { place, use in
            if case .global(let isAssigned) = use { return (place, isAssigned) }
            return nil
        }.sorted { $0.place < $1.place }
    }

    /// Names that are read and that nothing defines, each once in a file.
    func strangers() -> [PlatformError] {
        var assigned: Set<String> = []
        for source in sources {
            for global in globals(source) where global.isAssigned { assigned.insert(source.tokens[global.place].text) }
        }
        return sources.flatMap { source -> [PlatformError] in
            let known = Self.known.union(assigned).union(source.isTest ? Self.ofTests : [])
            let locals = Set(source.scopes.declarations.map(\.name))
            var told: Set<String> = []
            return globals(source).compactMap { global in
                let token = source.tokens[global.place]
                guard !known.contains(token.text), told.insert(token.text).inserted else { return nil }
                let hint = Self.near(token.text, locals.subtracting([token.text]).union(known).sorted())
                let message = Message(.reviewNoName, ["name": .text(token.text), "hint": hint])
                return error(message, source.path, token.line)
            }
        }
    }

    /// Globals that are assigned, each once in a file.
    func globals() -> [PlatformError] {
        sources.flatMap { source -> [PlatformError] in
            var told: Set<String> = []
            return globals(source).compactMap { global in
                let token = source.tokens[global.place]
                guard global.isAssigned, told.insert(token.text).inserted else { return nil }
                return error(Message(.reviewGlobal, ["name": .text(token.text)]), source.path, token.line)
            }
        }
    }
}

extension MessageKey {
    static let reviewNoName = MessageKey(
        "review.no_name",
        zhCN: "「{name}」没有定义，运行时是 nil{hint}",
        zhTW: "「{name}」沒有定義，執行時是 nil{hint}",
        en: "nothing defines \"{name}\"; it is nil when it runs{hint}"
    )
    static let reviewGlobal = MessageKey(
        "review.global",
        zhCN: "「{name}」是全局变量，插件的每个文件都会改到它；请写 local {name}，几个文件要用的放到 lib/ 里返回",
        zhTW: "「{name}」是全域變數，外掛的每個檔案都會改到它；請寫 local {name}，幾個檔案要用的放到 lib/ 裡返回",
        en:
            "\"{name}\" is a global, which every file of the plugin can change; write local {name}, or return from a file in lib/ what several files need"
    )
}
