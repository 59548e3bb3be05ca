import CRMPlatform

extension ShellSession {
    /// Installs plugins together, or says what would be done.
    func install(_ texts: [String], demo: Bool, isDryRun: Bool, showsPlan: Bool = true) throws {
        let sources = try texts.flatMap(PluginSearch.named).map { try PluginSearch.source($0) }
        if isDryRun {
            let steps = try platform.planInstall(sources)
            if isJSON {
                console.json(["steps": .array(steps.map { .string($0.text(in: language)) })])
            } else {
                for step in steps { report(step) }
                report(.shellDryRun)
            }
            return
        }
        let former = Dictionary(try platform.plugins.map { ($0.id, $0.version) }) { first, _ in first }
        let meter = ProgressMeter(console: console, language: language)
        defer { meter.finish() }
        // In words each thing is told when it is done: what comes before a step that fails is not lost.
        let teller =
            isJSON
            ? nil
            : InstallTeller(
                console: console,
                language: language,
                meter: meter,
                former: former,
                showsPlan: showsPlan
            )
        let result = try platform.installPlugins(
            sources,
            demo: demo,
            progress: { meter.show($0) },
            news: { teller?.tell($0) }
        )
        if isJSON {
            console.json([
                "installed": .array(try result.installed.map { try json($0) }),
                "steps": .array(result.steps.map { .string($0.text(in: language)) }),
                "demo": .array(result.demo.map { .string($0.text(in: language)) }),
            ])
        } else {
            meter.finish()
            if isSafe, !showsPlan { report(.shellSafeData) }
            for plugin in result.installed where !plugin.isEnabled {
                report(.shellStillOff, ["plugin": .text(plugin.id.rawValue)])
            }
        }
    }

    /// Takes a plugin out, or says what that would do; at a terminal somebody must agree first.
    ///
    /// - Throws: `PlatformError` `cancelled` when nobody does.
    func uninstall(_ text: String, isDryRun: Bool = false, isAgreed: Bool = false) throws {
        let id = try pluginID(text)
        if isDryRun || (!isAgreed && canAsk) {
            let plan = try platform.planUninstall(id)
            if isDryRun, isJSON {
                return console.json([
                    "uninstall": .string(text), "steps": .array(plan.steps.map { .string($0.text(in: language)) }),
                ])
            }
            // Whoever is asked must see what goes; that indexes go with it says a dry run.
            for step in plan.steps where isDryRun || step.key?.id != "schema.drop_index" { report(step) }
            if isDryRun { return report(.shellDryRun) }
            try requireAgreement(.shellUninstallQuestion, ["plugin": .text(text)])
        }
        let result = try platform.uninstallPlugin(id)
        if isJSON {
            console.json([
                "uninstalled": .string(text), "steps": .array(result.steps.map { .string($0.text(in: language)) }),
            ])
        } else {
            for step in result.steps { report(step) }
            report(.shellUninstalled, ["plugin": .text(text)])
        }
    }

    /// Writes the plugins of the file.
    func listPlugins() throws {
        let plugins = try platform.plugins
        _ = untoldLinkErrors()
        do {
            if !isSafe { try platform.startPlugins() }
        } catch {
            // The list is what was asked for; that a plugin does not start is told beside it.
            warn(of: error)
        }
        if isJSON { return console.json(["plugins": .array(try plugins.map { try json($0) })]) }
        guard !plugins.isEmpty else { return report(.shellNoPlugins) }
        let zone = try platform.settings.timeZone
        console.write(
            table(
                fitting: [
                    (.shellColumnName, .kept), (.shellColumnTitle, .wrap), (.shellColumnVersion, .whole),
                    (.shellColumnState, .wrap),
                ],
                plugins.map { plugin in
                    var state = say(plugin.isEnabled ? .shellEnabled : .shellDisabled)
                    if let reason = plugin.suspension?.message(in: zone) {
                        state += " · " + reason.safeText(in: language)
                    }
                    if plugin.loadError != nil { state = say(.shellNotLoaded) }
                    if let link = plugin.linkPath { state += " → \(link)" }
                    return [
                        plugin.id.rawValue, plugin.title.text(in: language), plugin.version, state,
                    ]
                }
            )
        )
        if isSafe { report(.shellSafeMode) }
        toldLinkErrors = [:]
        warnOfLinks()
    }

    /// Switches plugins off.
    func disable(_ texts: [String]) throws {
        let ids = try texts.map { text throws(PlatformError) in try pluginID(text) }
        try tell(platform.disablePlugins(ids, as: principal), of: ids)
    }

    /// Switches plugins on again.
    func enable(_ texts: [String]) throws {
        let ids = try texts.map { text throws(PlatformError) in try pluginID(text) }
        try tell(platform.enablePlugins(ids), of: ids)
        // What waited for them can run now.
        if !isJSON { tellOpenJobs() }
    }

    private func tell(_ steps: [Message], of ids: [PluginID]) throws {
        guard isJSON else {
            for step in steps { report(step) }
            return
        }
        let plugins = try platform.plugins.filter { ids.contains($0.id) }
        console.json(["plugins": .array(try plugins.map { try json($0) })])
    }

    /// Reads a plugin from a folder from now on.
    func link(_ folder: String) throws {
        let steps = try platform.linkPlugin(folder: PluginSearch.folder(folder))
        if !isJSON { for step in steps { report(step) } }
        answer(.shellLinked, ["folder": .text(folder)])
    }

    /// Ends a link.
    func unlink(_ text: String) throws {
        let id = try pluginID(text)
        if let plugin = try platform.plugins.first(where: { $0.id == id }), plugin.linkPath == nil {
            throw PlatformError(
                .invalidInput,
                Message(.shellNotLinked, ["plugin": .text(text)]),
                context: ErrorContext(plugin: id)
            )
        }
        try platform.unlinkPlugin(id)
        answer(.shellUnlinked, ["plugin": .text(text)])
    }

    /// Loads linked plugins anew and writes how that went.
    ///
    /// - Throws: the error of the first plugin that does not load; the old one goes on running.
    func reload() throws {
        let plugins = try platform.reload()
        _ = untoldLinkErrors()
        if let error = plugins.compactMap(\.loadError).first { throw error }
        answer(.shellReloaded, ["count": .text(String(plugins.count))])
    }

    /// Warns of linked plugins that do not load, once of each error.
    func warnOfLinks() {
        for (plugin, error) in untoldLinkErrors() {
            // The mistakes follow, each on a line of its own.
            var reason = error.message.text(in: language)
            if let file = error.context.file, !reason.contains(file) {
                reason = (error.context.line.map { "\(file):\($0)" } ?? file) + " " + reason
            }
            let message = Message(.shellLinkBroken, ["plugin": .text(plugin.rawValue), "reason": .text(reason)])
            warn(of: PlatformError(error.code, message, issues: error.issues, context: error.context))
        }
    }

    /// Closes the file when nothing more is done with it.
    ///
    /// - Throws: `PlatformError` `storage` when what was saved may be missing, because its log was replaced meanwhile; what
    ///   else keeps a file from coming to rest is done by whoever opens it next.
    func end() throws(PlatformError) {
        do throws(PlatformError) {
            try platform.close()
        } catch  where error.code != .storage {}
    }

    /// Writes an error that does not end what was asked for.
    func warn(of error: PlatformError) {
        if isJSON {
            console.complain(json: ["warning": errors.member(error)])
        } else {
            let head = say(.shellWarning, ["text": .message(error.message)])
            let issues = error.issues.map { "  - " + $0.message.safeText(in: language) }
            let text = ([head] + issues).joined(separator: "\n")
            console.complain(DisplayWidth.escapingControls(text, keepingLines: true))
        }
    }

    /// The linked plugins that do not load and of which nobody was told yet; they count as told from now on.
    func untoldLinkErrors() -> [(plugin: PluginID, error: PlatformError)] {
        // Told after a command, which has told already when the plugins cannot be read at all.
        let plugins = (try? platform.plugins) ?? []
        let failed = plugins.compactMap { plugin in plugin.loadError.map { (plugin: plugin.id, error: $0) } }
        let untold = failed.filter { toldLinkErrors[$0.plugin] != $0.error.description }
        toldLinkErrors = Dictionary(failed.map { ($0.plugin, $0.error.description) }) { first, _ in first }
        return untold
    }

    /// A name of a plugin as somebody typed it.
    func pluginID(_ text: String) throws(PlatformError) -> PluginID {
        if let id = PluginID(rawValue: text) { return id }
        let called = try platform.plugins.called(text, name: \.id.rawValue, label: \.title)
        guard called.count == 1, let id = called.first?.id else {
            throw PlatformError(.invalidInput, Message(.shellPluginForm, ["text": .text(text)]))
        }
        return id
    }

    private func json(_ plugin: PluginInfo) throws -> JSONValue {
        let zone = try platform.settings.timeZone
        return [
            "id": .string(plugin.id.rawValue), "version": .string(plugin.version),
            "title": .string(plugin.title.text(in: language)), "enabled": .boolean(plugin.isEnabled),
            "disabled": plugin.suspension.map { suspension in
                [
                    "since": .string(suspension.moment.description),
                    "reason": .string(suspension.message(in: zone).text(in: language)),
                ]
            } ?? .null,
            "link": .text(plugin.linkPath),
            "error": errors.member(plugin.loadError),
        ]
    }
}

extension MessageKey {
    static let shellSafeData = MessageKey(
        "shell.safe_data",
        zhCN: "安全模式：插件没有试运行，预置数据没有载入；请在正常模式下用 plugin install 再安装一次",
        zhTW: "安全模式：外掛沒有試執行，預置資料沒有載入；請在正常模式下用 plugin install 再安裝一次",
        en: "Safe mode: the plugins were not started, and their reference data were not loaded; "
            + "install them once more in normal mode with plugin install"
    )
    static let shellStillOff = MessageKey(
        "shell.still_off",
        zhCN: "插件 {plugin} 仍是停用状态；启用：plugin enable 文件 {plugin}",
        zhTW: "外掛 {plugin} 仍是停用狀態；啟用：plugin enable 檔案 {plugin}",
        en: "{plugin} is still switched off; to switch it on: plugin enable FILE {plugin}"
    )
}
