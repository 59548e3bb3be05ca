package import CRMModel
package import LuaBridge

/// What the code of a plugin may `require`: its own modules by name, and as `plugin/lib.name` the libraries of the
/// plugins it depends on.
package struct PluginModules {
    private let own: PluginPackage
    private let others: [PluginID: PluginPackage]
    /// Whether the code belongs to no plugin and may use the libraries of all.
    private let isFree: Bool
    /// The plugins whose code does not run.
    private let disabled: Set<PluginID>

    /// Makes the modules within reach of a plugin among `installed`.
    package init(of own: PluginPackage, among installed: [PluginPackage], isFree: Bool, disabled: Set<PluginID> = []) {
        self.own = own
        self.isFree = isFree
        self.disabled = disabled
        var others: [PluginID: PluginPackage] = [:]
        for package in installed where package.manifest.id != own.manifest.id {
            others[package.manifest.id] = package
        }
        self.others = isFree ? others : others.filter { Self.reaches($0.key, from: own, others) }
    }

    /// Whether `id` is among what `package` needs, or what that needs.
    private static func reaches(_ id: PluginID, from package: PluginPackage, _ all: [PluginID: PluginPackage]) -> Bool {
        package.manifest.depends.contains { needed in
            needed.id == id || all[needed.id].map { reaches(id, from: $0, all) } ?? false
        }
    }

    /// The texts of the plugin and of those whose libraries it may use, its own before theirs.
    package func texts(in language: Language) -> [String: String] {
        var texts: [String: String] = [:]
        for package in others.values.sorted(by: { $0.manifest.id < $1.manifest.id }) + [own] {
            texts.merge(PluginLocales.texts(of: package, language)) { $1 }
        }
        return texts
    }

    /// The source of a module.
    ///
    /// - Throws: `invalidPlugin` saying what is wrong with the name and which is probably meant.
    package func source(_ wanted: LuaModuleRequest) throws(PlatformError) -> LuaModuleSource {
        guard !wanted.scope.isEmpty else {
            if let source = Self.source(wanted.name, in: own, prefix: "") { return source }
            throw Self.missing(wanted.name, Self.modules(of: own) + libraries(askedBy: own))
        }
        let asker = wanted.asker.isEmpty ? own : PluginID(rawValue: wanted.asker).flatMap { others[$0] } ?? own
        let package = try provider(wanted, askedBy: asker)
        guard wanted.name.hasPrefix("lib.") else {
            throw Self.refusal(.moduleNotLibrary, ["module": .text("\(wanted.scope)/\(wanted.name)")])
        }
        let prefix = "\(wanted.scope)/"
        if let source = Self.source(wanted.name, in: package, prefix: prefix) { return source }
        if wanted.asker == wanted.scope { throw Self.missing(wanted.name, Self.modules(of: package)) }
        throw Self.missing(prefix + wanted.name, Self.libraries(of: package))
    }

    /// What is wrong with a module of the plugin's own that is required by name; nil when it is there.
    package static func problem(requiring name: String, in package: PluginPackage) -> Message? {
        guard source(name, in: package, prefix: "") == nil else { return nil }
        let all = package.files.keys.filter { $0.hasSuffix(".lua") && $0 != "main.lua" }
        return missing(name, all.map { String($0.dropLast(".lua".count)).replacing("/", with: ".") }).message
    }

    /// The plugin of a scope: the asker itself, or one it depends on directly.
    private func provider(
        _ wanted: LuaModuleRequest,
        askedBy asker: PluginPackage
    ) throws(PlatformError) -> PluginPackage {
        let id = PluginID(rawValue: wanted.scope)
        if let id, id == asker.manifest.id {
            guard wanted.asker.isEmpty else { return asker }
            throw Self.refusal(.moduleOfItself, ["module": .text(wanted.name)])
        }
        let isNeeded = isFree && wanted.asker.isEmpty || asker.manifest.depends.contains { $0.id == id }
        if isNeeded, let id, let package = others[id] {
            guard !disabled.contains(id) else {
                let module = "\(wanted.scope)/\(wanted.name)"
                throw Self.refusal(.moduleDisabled, ["module": .text(module), "plugin": .text(id.rawValue)])
            }
            return package
        }
        let module = "\(wanted.scope)/\(wanted.name)"
        let dotted = module.replacing("/", with: ".")
        if Self.source(dotted, in: asker, prefix: "") != nil {
            throw Self.missing(module, [dotted])
        }
        let known = isFree ? others.keys.map(\.rawValue) : asker.manifest.depends.map(\.id.rawValue)
        if let near = Suggestion.nearest(to: wanted.scope, among: known) {
            throw Self.missing(module, ["\(near)/\(wanted.name)"])
        }
        throw Self.refusal(
            .moduleNotNeeded,
            [
                "module": .text(module), "asker": .text(asker.manifest.id.rawValue), "plugin": .text(wanted.scope),
                "known": .text(known.isEmpty ? "—" : known.sorted().joined(separator: ", ")),
            ]
        )
    }

    private static func source(_ name: String, in package: PluginPackage, prefix: String) -> LuaModuleSource? {
        let path = name.replacing(".", with: "/") + ".lua"
        guard path.utf8.count <= PluginPackage.Limits.pathBytes else { return nil }
        return package.text(path).map { LuaModuleSource(source: $0, chunkName: prefix + path) }
    }

    /// The modules of a plugin by the names that `require` takes.
    private static func modules(of package: PluginPackage) -> [String] {
        package.files.keys.filter { path in
            path.hasSuffix(".lua") && path != "main.lua"
                && !["tests/", "demo/"].contains { path.hasPrefix($0) }
        }
        .map { String($0.dropLast(".lua".count)).replacing("/", with: ".") }
    }

    private static func libraries(of package: PluginPackage) -> [String] {
        modules(of: package).filter { $0.hasPrefix("lib.") }.map { "\(package.manifest.id)/\($0)" }
    }

    /// The libraries of the plugins that a plugin depends on.
    private func libraries(askedBy asker: PluginPackage) -> [String] {
        (isFree ? Array(others.keys) : asker.manifest.depends.map(\.id)).flatMap { id in
            others[id].map(Self.libraries) ?? []
        }
    }

    private static func missing(_ module: String, _ known: [String]) -> PlatformError {
        var near = Suggestion.nearest(to: module, among: known)
        // `lines` is meant as `lib.lines` or `sales/lib.lines`.
        if near == nil {
            let last = module.split(whereSeparator: { $0 == "." || $0 == "/" }).last.map(String.init) ?? module
            near = known.sorted().first { $0.hasSuffix(".\(last)") }
        }
        guard let near else {
            let list = known.sorted().prefix(12).joined(separator: ", ")
            return refusal(
                .moduleMissing,
                ["module": .text(shown(module)), "known": .text(list.isEmpty ? "—" : list)]
            )
        }
        return refusal(.moduleMissingNear, ["module": .text(shown(module)), "near": .text(near)])
    }

    private static func shown(_ name: String) -> String {
        DisplayWidth.escapingControls(TextLimits.prefix(name, characters: 80))
    }

    private static func refusal(_ key: MessageKey, _ arguments: [String: Message.Argument]) -> PlatformError {
        PlatformError(.invalidPlugin, Message(key, arguments))
    }
}

extension MessageKey {
    package static let moduleMissing = MessageKey(
        "script.module_missing",
        zhCN: "没有模块「{module}」；有的模块：{known}",
        zhTW: "沒有模組「{module}」；有的模組：{known}",
        en: "there is no module \"{module}\"; there are: {known}"
    )
    package static let moduleMissingNear = MessageKey(
        "script.module_missing_near",
        zhCN: "没有模块「{module}」。是否想写 require \"{near}\"？",
        zhTW: "沒有模組「{module}」。是否想寫 require \"{near}\"？",
        en: "there is no module \"{module}\". Did you mean require \"{near}\"?"
    )
    package static let moduleNotLibrary = MessageKey(
        "script.module_not_library",
        zhCN: "不能使用「{module}」：其他插件只能使用 lib/ 里的模块，写作 require \"插件/lib.名称\"",
        zhTW: "不能使用「{module}」：其他外掛只能使用 lib/ 裡的模組，寫作 require \"外掛/lib.名稱\"",
        en: "\"{module}\" cannot be used: of other plugins only modules in lib/ can, as in require \"plugin/lib.name\""
    )
    package static let moduleDisabled = MessageKey(
        "script.module_disabled",
        zhCN: "不能使用「{module}」：插件「{plugin}」已停用。要启用它：crm-shell plugin enable 文件 {plugin}",
        zhTW: "不能使用「{module}」：外掛「{plugin}」已停用。要啟用它：crm-shell plugin enable 檔案 {plugin}",
        en:
            "\"{module}\" cannot be used: the plugin \"{plugin}\" is switched off. To switch it on: crm-shell plugin enable FILE {plugin}"
    )
    package static let moduleOfItself = MessageKey(
        "script.module_of_itself",
        zhCN: "这是本插件自己的模块，请写 require \"{module}\"",
        zhTW: "這是本外掛自己的模組，請寫 require \"{module}\"",
        en: "this is a module of the plugin itself; write require \"{module}\""
    )
    package static let moduleNotNeeded = MessageKey(
        "script.module_not_needed",
        zhCN: "不能使用「{module}」：插件「{asker}」的 plugin.json 的 depends 里没有「{plugin}」（只有：{known}），请加上",
        zhTW: "不能使用「{module}」：外掛「{asker}」的 plugin.json 的 depends 裡沒有「{plugin}」（只有：{known}），請加上",
        en:
            "\"{module}\" cannot be used: depends in plugin.json of \"{asker}\" does not have \"{plugin}\" (only: {known}); add it"
    )
}
