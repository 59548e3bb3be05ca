package import CRMModel
import CRMRecords
package import CRMScripting
import CRMStorage

extension Workspace {
    /// Switches plugins off: their code does not run any more; their metadata and data stay.
    ///
    /// - Throws: `notFound`; `conflict` naming the plugins that are on and need them; `storage`.
    package func disable(_ ids: [PluginID], as principal: Principal) throws(PlatformError) -> [Message] {
        // Whether others start does not matter: this is how one that does not is put out of the way.
        try change(dryRun: false, data: [], startsPlugins: false) { installer throws(PlatformError) in
            try installer.disable(ids, by: principal.name)
        }
    }

    /// Switches plugins on again, when they start.
    ///
    /// - Throws: `notFound`; `conflict` naming the plugins that are off and are needed by them; `hookFailed`, `limitExceeded`,
    ///   `invalidPlugin` when a plugin does not start; `storage`.
    package func enable(_ ids: [PluginID]) throws(PlatformError) -> [Message] {
        try change(dryRun: false, data: []) { installer throws(PlatformError) in try installer.enable(ids) }
    }

    /// Refuses what would run the code of plugins, or save without it.
    ///
    /// - Throws: `conflict` in safe mode.
    package func requirePlugins() throws(PlatformError) {
        guard options.isSafe else { return }
        throw PlatformError(.conflict, Message(.safeMode))
    }

    /// Leaves the reference data of plugins to the next installation in normal mode, and says so.
    func putOff(
        _ packages: [PluginPackage],
        _ former: InstalledPlugins,
        _ connection: StoreConnection
    ) throws(PlatformError) -> [Message] {
        for package in packages {
            let id = package.manifest.id
            try ReferenceLedger(id, former: former.package(id), on: connection).begin(on: connection)
        }
        return packages.map { Message(.safeModeData, ["plugin": .text($0.manifest.id.rawValue)]) }
    }

    // MARK: - Failures in a row

    /// Begins work of many transactions, such as an import: no plugin is switched off in the middle of it.
    ///
    /// `isStopAsked` says whether whoever does it was asked to stop, so that what follows from it stops too.
    ///
    /// - Throws: `conflict` in safe mode.
    package func beginLongWork(isStopAsked: @escaping () -> Bool = { false }) throws(PlatformError) {
        try requirePlugins()
        longWork += 1
        self.isStopAsked = isStopAsked
    }

    /// Ends work of many transactions; of a trial nothing is counted.
    package func endLongWork(isTrial: Bool) {
        longWork -= 1
        if longWork == 0 { isStopAsked = { false } }
        if isTrial { failures.forgetNews() }
        keepFailures()
    }

    /// The running plugins for something that somebody has asked for; that they do not start is counted.
    ///
    /// - Throws: as ``runtime()``.
    func countedRuntime() throws(PlatformError) -> PluginRuntime {
        do throws(PlatformError) {
            return try runtime()
        } catch {
            keepFailures()
            throw error
        }
    }

    /// The running plugins for a look at them, of which nothing is counted.
    ///
    /// - Throws: as ``runtime()``.
    package func runtimeLookedAt() throws(PlatformError) -> PluginRuntime {
        do throws(PlatformError) {
            return try runtime()
        } catch {
            failures.forgetNews()
            throw error
        }
    }

    /// Keeps what is new of failures, and switches off what has failed too often.
    ///
    /// Nothing is written as long as nothing fails, and once when something that has failed works again.
    func keepFailures() {
        // Where nothing is written they are left to whoever may write next.
        guard isWriting, longWork == 0, !failures.news.isEmpty else { return }
        guard !store.isReadOnly else { return failures.forgetNews() }
        // Whatever has ended the unit in which it failed.
        letGoOn()
        let outer = deadline
        deadline = nil
        defer { deadline = outer }
        do throws(PlatformError) {
            try store.write(use) { connection throws(PlatformError) in
                var counts = try PluginFailures.counts(on: connection)
                for (place, news) in failures.news {
                    let count = (news.hasWorked ? 0 : counts[place] ?? 0) + news.failures
                    counts[place] = count > 0 ? count : nil
                }
                try PluginFailures.keep(counts, on: connection)
                failures.kept = counts
            }
            let news = failures.news
            failures.forgetNews()
            for (place, failed) in news {
                guard let error = failed.last else { continue }
                file.say(.error, plugin: place.plugin, record: nil, error.text(in: language))
            }
            try suspend(news)
        } catch {
            // Those who caused the failure are told of it; what could not be counted now is counted with the next one.
            return
        }
    }

    /// Writes down what waits for that: what plugins have said, and how they fared where nothing is written.
    func keepNews() {
        // What a rehearsal has not kept may be undone; it waits for its end.
        guard !store.isInRehearsal else { return }
        let left = file.takeFailures()
        failures.add(left)
        keepFailures()
        keepLog()
    }

    private func suspend(_ news: [FailureTally.Place: FailureTally.News]) throws(PlatformError) {
        var failed: [PluginID: String] = [:]
        for (place, count) in failures.kept where count >= PluginSuspension.failureLimit {
            guard plugins.entry(place.plugin)?.isEnabled == true else { continue }
            failed[place.plugin] = news[place]?.last?.text(in: language) ?? ""
        }
        guard !failed.isEmpty else { return }
        var off: [PluginID] = []
        _ = try change(dryRun: false, data: [], startsPlugins: false) { installer throws(PlatformError) in
            let (outcome, suspended) = try installer.suspend(failed)
            off = suspended
            return outcome
        }
        failures.kept = failures.kept.filter { !off.contains($0.key.plugin) }
        for id in off {
            guard let reason = plugins.entry(id)?.suspension?.message(in: settings.timeZone) else { continue }
            let error = PlatformError(
                .hookFailed,
                Message(.pluginSuspended, ["plugin": .text(id.rawValue), "reason": .message(reason)]),
                context: ErrorContext(plugin: id)
            )
            file.note(suspension: error)
            file.say(.error, plugin: id, record: nil, error.text(in: language))
        }
    }
}

extension MessageKey {
    static let safeMode = MessageKey(
        "platform.safe_mode",
        zhCN: "文件以安全模式打开，不运行插件的代码，因此不能保存记录，也不能运行报表、打印、命令和脚本。可以查看、导出、检查，以及安装、卸载、停用、启用和设置插件",
        zhTW: "檔案以安全模式開啟，不執行外掛的程式碼，因此不能儲存記錄，也不能執行報表、列印、命令和腳本。可以檢視、匯出、檢查，以及安裝、解除安裝、停用、啟用和設定外掛",
        en:
            "the file is open in safe mode: no code of plugins runs, so records cannot be saved and reports, prints, commands and scripts cannot be run. Reading, export, check, and installing, removing, switching and setting plugins are possible"
    )
    static let safeModeData = MessageKey(
        "platform.safe_mode_data",
        zhCN: "安全模式：插件 {plugin} 没有试运行，它的预置数据没有载入。请在正常模式下再安装一次",
        zhTW: "安全模式：外掛 {plugin} 沒有試執行，它的預置資料沒有載入。請在正常模式下再安裝一次",
        en:
            "Safe mode: {plugin} was not started, and its reference data were not loaded. Install it once more in normal mode"
    )
    static let pluginSuspended = MessageKey(
        "plugin.suspended",
        zhCN: "插件「{plugin}」已停用：{reason}。修好之后启用：crm-shell plugin enable 文件 {plugin}",
        zhTW: "外掛「{plugin}」已停用：{reason}。修好之後啟用：crm-shell plugin enable 檔案 {plugin}",
        en:
            "the plugin \"{plugin}\" is switched off: {reason}. Once it is mended: crm-shell plugin enable FILE {plugin}"
    )
    static let checkDisabled = MessageKey(
        "check.disabled",
        zhCN: "插件「{plugin}」已停用（{reason}）：它的钩子、校验、报表、打印和命令不起作用",
        zhTW: "外掛「{plugin}」已停用（{reason}）：它的鉤子、校驗、報表、列印和命令不起作用",
        en:
            "the plugin \"{plugin}\" is switched off ({reason}): its hooks, validators, reports, prints and commands do not run"
    )
    static let checkSafe = MessageKey(
        "check.safe_mode",
        zhCN: "安全模式：没有启动插件来检查",
        zhTW: "安全模式：沒有啟動外掛來檢查",
        en: "safe mode: the plugins were not started, so whether they do was not examined"
    )
}
