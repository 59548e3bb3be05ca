package import CRMModel

/// Looks the code of a plugin over without running it: names of `crm` that there are none of, objects, fields, settings and
/// texts that do not exist, names that nothing defines, globals, files that nobody reaches.
package struct LuaReview {
    /// A Lua file of the plugin.
    struct Source {
        let path: String
        let tokens: [LuaTokens.Token]
        let scopes: LuaScopes

        /// Whether it runs only in tests, which name what is not there on purpose.
        var isTest: Bool { path.hasPrefix("tests/") }

        init(path: String, bytes: [UInt8]) {
            self.path = path
            tokens = LuaTokens(bytes).tokens
            scopes = LuaScopes(tokens)
        }

        /// The word at a place, nil behind the end.
        func token(_ place: Int) -> LuaTokens.Token? { tokens.indices.contains(place) ? tokens[place] : nil }
    }

    package let package: PluginPackage
    package let catalog: Catalog
    let needed: [PluginPackage]
    let sources: [Source]

    /// Prepares the look over a plugin whose catalog is known, with the plugins that it needs.
    package init(package: PluginPackage, needed: [PluginPackage], catalog: Catalog) {
        self.package = package
        self.needed = needed
        self.catalog = catalog
        sources = package.files.keys.filter { $0.hasSuffix(".lua") }.sorted().map { path in
            Source(path: path, bytes: package.files[path] ?? [])
        }
    }

    /// The functions whose first argument is an object by name.
    private static let ofObjects: Set<String> = [
        "find", "each", "count", "aggregate", "create", "on", "validate", "code_rule", "options", "label", "stages",
    ]

    /// The functions whose first argument may be a record, `customer/42`.
    private static let ofRecords: Set<String> = ["get", "update", "delete", "settle"]

    /// Everything found: what will fail when it runs, and what is only worth a look.
    package func findings() -> (problems: [PlatformError], warnings: [PlatformError]) {
        let problems = sources.flatMap { review($0) + fieldProblems($0) } + strangers() + missingModules()
        let compared = sources.flatMap { comparisons($0.tokens, $0.path) }
        return (Self.sorted(problems), Self.sorted(compared + globals() + unreached() + longMain()))
    }

    private static func sorted(_ errors: [PlatformError]) -> [PlatformError] {
        errors.enumerated().sorted { one, other in
            let first = (one.element.context.file ?? "", one.element.context.line ?? 0, one.offset)
            return first < (other.element.context.file ?? "", other.element.context.line ?? 0, other.offset)
        }.map(\.element)
    }

    // MARK: - What crm offers

    /// The places in a source where the table `crm` is named, which no local hides.
    func uses(ofCRM source: Source) -> [Int] {
        source.tokens.indices.filter { index in
            guard source.tokens[index].isName("crm") else { return false }
            if source.scopes.isWhole { return source.scopes.isGlobal(index) }
            return index == 0 || !(source.tokens[index - 1].isSign(".") || source.tokens[index - 1].isSign(":"))
        }
    }

    private func review(_ source: Source) -> [PlatformError] {
        var problems = settingsByLocal(source)
        for index in uses(ofCRM: source) {
            let rest = source.tokens[(index + 1)...].prefix(10)
            let names = Self.path(rest)
            guard let first = names.first else { continue }
            let arguments = Array(rest.dropFirst(names.count * 2))
            let line = source.tokens[index].line
            if first == AccessAPI.asSystem.name, !package.manifest.capabilities.contains(.asSystem) {
                let name: Message.Argument = .text(package.manifest.id.rawValue)
                problems.append(error(Message(.scriptNoCapability, ["plugin": name]), source.path, line))
            } else if let problem = unknown(names, first) ?? argument(first, arguments) {
                problems.append(error(problem, source.path, line))
            }
        }
        return problems
    }

    /// Settings that are read by way of `local settings = crm.plugin.settings`.
    private func settingsByLocal(_ source: Source) -> [PlatformError] {
        let known = package.manifest.settings.map(\.name.rawValue)
        var holders: Set<Int> = []
        for (number, declaration) in source.scopes.declarations.enumerated() where !declaration.isAssigned {
            let place = declaration.place
            guard place > 0, source.token(place - 1)?.isName("local") == true,
                source.token(place + 1)?.isSign("=") == true, source.token(place + 2)?.isName("crm") == true,
                source.scopes.isGlobal(place + 2),
                Self.path(source.tokens[(place + 3)...].prefix(6)) == ["plugin", "settings"]
            else { continue }
            holders.insert(number)
        }
        return source.tokens.indices.compactMap { index in
            guard let holder = source.scopes.declaration(at: index), holders.contains(holder),
                let name = Self.path(source.tokens[(index + 1)...].prefix(2)).first, !known.contains(name)
            else { return nil }
            let message = missing("crm.plugin.settings.\(name)", name, known)
            return error(message, source.path, source.tokens[index].line)
        }
    }

    /// The names of `.a.b.c` at the beginning of words.
    static func path(_ tokens: ArraySlice<LuaTokens.Token>) -> [String] {
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
            let keys = Language.allCases.flatMap { language in
                (needed + [package]).flatMap { PluginLocales.texts(of: $0, language).keys }
            }
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

    // MARK: - Files

    private func longMain() -> [PlatformError] {
        let lines = (package.text("main.lua") ?? "").split(separator: "\n", omittingEmptySubsequences: false).count
        guard lines > 61 else { return [] }
        return [error(Message(.reviewLongMain, ["count": .text(String(lines - 1))]), "main.lua", nil)]
    }

    /// The question after the nearest name, nothing when none is near.
    static func near(_ name: String, _ known: [String]) -> Message.Argument {
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
    package static let reviewLongMain = MessageKey(
        "review.long_main",
        zhCN: "main.lua 有 {count} 行，最好不超过 60 行；请把代码放到 hooks/、reports/ 等文件里",
        zhTW: "main.lua 有 {count} 行，最好不超過 60 行；請把程式碼放到 hooks/、reports/ 等檔案裡",
        en: "main.lua has {count} lines; keep it to 60 and move the code into hooks/, reports/ and the like"
    )
}
