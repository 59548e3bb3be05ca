package import CRMModel

/// Looks the code of a plugin over without running it: names of `crm` that there are none of, objects, settings and texts
/// that do not exist, names that nothing defines, modules that nothing requires.
package struct LuaReview {
    let package: PluginPackage
    let catalog: Catalog

    /// Prepares the look over a plugin whose catalog is known.
    package init(package: PluginPackage, catalog: Catalog) {
        self.package = package
        self.catalog = catalog
    }

    private static let keywords: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while",
    ]

    /// The functions whose first argument is an object by name.
    private static let ofObjects: Set<String> = [
        "find", "each", "count", "aggregate", "create", "on", "validate", "code_rule", "options", "label", "stages",
    ]

    /// The functions whose first argument may be a record, `customer/42`.
    private static let ofRecords: Set<String> = ["get", "update", "delete"]

    /// Everything found: what will fail when it runs, and what is only worth a look.
    package func findings() -> (problems: [PlatformError], warnings: [PlatformError]) {
        var problems: [PlatformError] = []
        var required: Set<String> = []
        let files = package.files.keys.filter { $0.hasSuffix(".lua") }.sorted()
        let words = files.map { (path: $0, tokens: LuaTokens(package.files[$0] ?? []).tokens) }
        let known = Self.globals.union(Self.defined(words.flatMap(\.tokens)))
        for (path, tokens) in words {
            problems += review(tokens, path)
            // Tests have words of their own, and demonstration scripts those of the console.
            if !path.hasPrefix("tests/"), !path.hasPrefix("demo/") { problems += strangers(tokens, path, known) }
            for (index, token) in tokens.enumerated() where token.isName("require") {
                let next = tokens.dropFirst(index + 1).first { !$0.isSign("(") }
                if let next, next.kind == .string { required.insert(next.text) }
            }
        }
        let compared = words.flatMap { comparisons($0.tokens, $0.path) }
        return (problems, compared + lonely(files, required) + longMain())
    }

    // MARK: - What crm offers

    private func review(_ tokens: [LuaTokens.Token], _ path: String) -> [PlatformError] {
        var problems: [PlatformError] = []
        for index in tokens.indices where tokens[index].isName("crm") {
            if index > 0, tokens[index - 1].isSign(".") || tokens[index - 1].isSign(":") { continue }
            let rest = tokens[(index + 1)...].prefix(8)
            let names = Self.path(rest)
            guard let first = names.first else { continue }
            let arguments = Array(rest.dropFirst(names.count * 2))
            if first == AccessAPI.asSystem.name, !package.manifest.capabilities.contains(.asSystem) {
                let name: Message.Argument = .text(package.manifest.id.rawValue)
                problems.append(error(Message(.scriptNoCapability, ["plugin": name]), path, tokens[index].line))
            } else if let problem = unknown(names, first) {
                problems.append(error(problem, path, tokens[index].line))
            } else if let problem = argument(first, arguments) {
                problems.append(error(problem, path, tokens[index].line))
            }
        }
        return problems
    }

    /// The names of `.a.b.c` at the beginning of words.
    private static func path(_ tokens: ArraySlice<LuaTokens.Token>) -> [String] {
        var names: [String] = []
        var rest = tokens
        while let dot = rest.first, dot.isSign("."), let name = rest.dropFirst().first, name.kind == .name {
            names.append(name.text)
            rest = rest.dropFirst(2)
        }
        return names
    }

    private func unknown(_ names: [String], _ first: String) -> Message? {
        let functions = APIRegistry.functions
        if first == "plugin" {
            guard names.count > 1 else { return nil }
            if names[1] == "settings" {
                let settings = package.manifest.settings.map(\.name.rawValue)
                guard names.count > 2, !settings.contains(names[2]) else { return nil }
                return missing("crm.plugin.settings.\(names[2])", names[2], settings)
            }
            return ["id", "version"].contains(names[1])
                ? nil : missing("crm.plugin.\(names[1])", names[1], ["id", "version", "settings"])
        }
        if functions.contains(where: { $0.module == first }) {
            guard names.count > 1 else { return nil }
            let members = functions.filter { $0.module == first }.map(\.name)
            return members.contains(names[1]) ? nil : missing("crm.\(first).\(names[1])", names[1], members)
        }
        let members =
            functions.filter { $0.module.isEmpty }.map(\.name) + functions.map(\.module).filter { !$0.isEmpty }
        return members.contains(first) ? nil : missing("crm.\(first)", first, members + ["plugin"])
    }

    private func missing(_ whole: String, _ name: String, _ known: [String]) -> Message {
        Message(.reviewNoMember, ["name": .text(whole), "hint": Self.near(name, known)])
    }

    /// A text that is written out as the first argument and names nothing.
    private func argument(_ function: String, _ arguments: [LuaTokens.Token]) -> Message? {
        let isCall = arguments.first?.isSign("(") ?? false
        let values = isCall ? Array(arguments.dropFirst()) : arguments
        // `"a" .. x` is not written out.
        guard let value = values.first, value.kind == .string, !(values.dropFirst().first?.isSign("..") ?? false) else {
            return nil
        }
        if function == "t" {
            let keys = Language.allCases.flatMap { PluginLocales.texts(of: package, $0).keys }
            return keys.contains(value.text)
                ? nil
                : Message(
                    .reviewNoText,
                    ["key": .text(value.text), "hint": Self.near(value.text, Set(keys).sorted())]
                )
        }
        let name: String
        if Self.ofObjects.contains(function) {
            if value.text == "*" { return nil }
            name = value.text
        } else if Self.ofRecords.contains(function) {
            name = String(value.text.prefix { $0 != "/" })
        } else {
            return nil
        }
        if (try? catalog.object(calledByPeople: name)) != nil { return nil }
        let hint = Self.near(name, catalog.objects.keys.map(\.rawValue).sorted())
        return Message(.reviewNoObject, ["name": .text(name), "hint": hint])
    }

    // MARK: - Names of nothing

    /// The names that the state of a plugin has, and the two words that may stand behind a local in `<…>`.
    private static let globals: Set<String> = [
        "assert", "error", "getmetatable", "ipairs", "load", "next", "pairs", "pcall", "print", "rawequal", "rawget",
        "rawlen", "rawset", "require", "select", "setmetatable", "tonumber", "tostring", "type", "xpcall", "_VERSION",
        "_G", "_ENV", "self", "string", "table", "math", "utf8", "coroutine", "crm", "const", "close",
    ]

    /// Every name that is local, a parameter, or assigned somewhere.
    private static func defined(_ tokens: [LuaTokens.Token]) -> Set<String> {
        var names: Set<String> = []
        for index in tokens.indices where tokens[index].kind == .name {
            let previous = index > 0 ? tokens[index - 1] : nil
            switch tokens[index].text {
            case "local", "for":
                var place = index + 1
                while place < tokens.count, tokens[place].kind == .name || tokens[place].isSign(",") {
                    if ["function", "in"].contains(tokens[place].text) { break }
                    if tokens[place].kind == .name { names.insert(tokens[place].text) }
                    place += 1
                }
            case "function":
                var place = index + 1
                while place < tokens.count, !tokens[place].isSign(")") {
                    if tokens[place].kind == .name { names.insert(tokens[place].text) }
                    place += 1
                }
            default:
                let next = index + 1 < tokens.count ? tokens[index + 1] : nil
                if next?.isSign("=") ?? false, !(previous?.isSign(".") ?? false) { names.insert(tokens[index].text) }
            }
        }
        return names
    }

    private func strangers(
        _ tokens: [LuaTokens.Token],
        _ path: String,
        _ known: Set<String>
    ) -> [PlatformError] {
        var told: Set<String> = []
        var problems: [PlatformError] = []
        for index in tokens.indices where tokens[index].kind == .name {
            let name = tokens[index].text
            guard !Self.keywords.contains(name), !known.contains(name), !told.contains(name) else { continue }
            let previous = index > 0 ? tokens[index - 1] : nil
            if let previous, [".", ":", "::"].contains(previous.text), previous.kind == .sign { continue }
            if previous?.isName("goto") ?? false { continue }
            told.insert(name)
            let hint = Self.near(name, known.sorted())
            problems.append(
                error(Message(.reviewNoName, ["name": .text(name), "hint": hint]), path, tokens[index].line)
            )
        }
        return problems
    }

    // MARK: - Files

    /// Files that nothing requires; libraries are for others.
    private func lonely(_ files: [String], _ required: Set<String>) -> [PlatformError] {
        files.filter { path in
            guard path != "main.lua", !["lib/", "tests/", "demo/"].contains(where: { path.hasPrefix($0) }) else {
                return false
            }
            let module = path.dropLast(4).replacing("/", with: ".")
            // Names that are put together cannot be followed.
            let last = module.split(separator: ".").last.map(String.init) ?? ""
            return !required.contains(String(module)) && !required.contains { $0.hasSuffix(last) || $0.hasSuffix(".") }
        }.map { error(Message(.reviewLonelyFile, ["file": .text($0)]), $0, nil) }
    }

    private func longMain() -> [PlatformError] {
        let lines = (package.text("main.lua") ?? "").split(separator: "\n", omittingEmptySubsequences: false).count
        guard lines > 61 else { return [] }
        return [error(Message(.reviewLongMain, ["count": .text(String(lines - 1))]), "main.lua", nil)]
    }

    /// The question after the nearest name, nothing when none is near.
    private static func near(_ name: String, _ known: [String]) -> Message.Argument {
        Suggestion.nearest(to: name, among: known).map { .message(Message(.reviewNear, ["name": .text($0)])) } ?? ""
    }

    package func error(_ message: Message, _ path: String, _ line: Int?) -> PlatformError {
        PlatformError(
            .invalidPlugin,
            message,
            context: ErrorContext(plugin: package.manifest.id, file: path, line: line)
        )
    }
}

extension MessageKey {
    package static let reviewNear = MessageKey(
        "review.near",
        zhCN: "。是否想写 {name}？",
        zhTW: "。是否想寫 {name}？",
        en: ". Did you mean {name}?"
    )
    package static let reviewNoMember = MessageKey(
        "review.no_member",
        zhCN: "没有 {name}{hint}",
        zhTW: "沒有 {name}{hint}",
        en: "there is no {name}{hint}"
    )
    package static let reviewNoText = MessageKey(
        "review.no_text",
        zhCN: "locales/ 里没有文字「{key}」{hint}",
        zhTW: "locales/ 裡沒有文字「{key}」{hint}",
        en: "locales/ has no text \"{key}\"{hint}"
    )
    package static let reviewNoObject = MessageKey(
        "review.no_object",
        zhCN: "没有对象「{name}」（由别的插件定义时，请写进 depends）{hint}",
        zhTW: "沒有物件「{name}」（由別的外掛定義時，請寫進 depends）{hint}",
        en: "there is no object \"{name}\" (if another plugin defines it, add that to depends){hint}"
    )
    package static let reviewNoName = MessageKey(
        "review.no_name",
        zhCN: "「{name}」没有定义，运行时是 nil{hint}",
        zhTW: "「{name}」沒有定義，執行時是 nil{hint}",
        en: "nothing defines \"{name}\"; it is nil when it runs{hint}"
    )
    package static let reviewLonelyFile = MessageKey(
        "review.lonely_file",
        zhCN: "没有任何文件 require 它，{file} 不会运行",
        zhTW: "沒有任何檔案 require 它，{file} 不會執行",
        en: "nothing requires it, so {file} never runs"
    )
    package static let reviewLongMain = MessageKey(
        "review.long_main",
        zhCN: "main.lua 有 {count} 行，最好不超过 60 行；请把代码放到 hooks/、reports/ 等文件里",
        zhTW: "main.lua 有 {count} 行，最好不超過 60 行；請把程式碼放到 hooks/、reports/ 等檔案裡",
        en: "main.lua has {count} lines; keep it to 60 and move the code into hooks/, reports/ and the like"
    )
}
