package import CRMModel
package import CRMRecords
import LuaBridge

/// The running plugins of a file: one Lua state each, their hooks in the order of the plugins.
package final class PluginRuntime: HookDispatcher {
    package private(set) var hosts: [PluginHost] = []
    private let catalog: Catalog
    private let surroundings: ScriptSurroundings
    private let failures: FailureTally
    private var hooks: [ObjectName: [HookPoint: [any HookHandler]]] = [:]
    private var validators: [ObjectName: [any ValidatorHandler]] = [:]
    private var codes: [ObjectName: [FieldName: any CodeHandler]] = [:]

    package init(
        plugins: [PluginPackage],
        catalog: Catalog,
        surroundings: ScriptSurroundings,
        budget: ScriptBudget = .hook,
        failures: FailureTally = FailureTally()
    ) {
        self.catalog = catalog
        self.failures = failures
        self.surroundings = surroundings
        hosts = plugins.map { package in
            PluginHost(
                package: package,
                modules: PluginModules(of: package, among: plugins, isFree: false),
                catalog: catalog,
                surroundings: surroundings,
                budget: budget,
                failures: failures
            )
        }
    }

    /// Whether a limit has struck a plugin.
    package var needsRestart: Bool { hosts.contains { $0.isDead } }

    /// Starts every plugin and gathers what they have registered.
    ///
    /// - Throws: `invalidPlugin`, `hookFailed` or `limitExceeded` naming plugin, file and line; of several plugins that do
    ///   not start, all of them.
    package func start() throws(PlatformError) {
        var errors: [PlatformError] = []
        for host in hosts {
            do throws(PlatformError) {
                try host.start()
                failures.worked(host.id, "")
            } catch {
                if error.code != .cancelled { failures.failed(host.id, "", error) }
                errors.append(error)
                continue
            }
            let registrations = host.registrations
            for hook in registrations.hooks {
                let targets = if let object = hook.object { [object] } else { try targets(of: hook, host) }
                for target in targets {
                    hooks[target, default: [:]][hook.point, default: []].append(hook.handler)
                }
            }
            for entry in registrations.validators { validators[entry.object, default: []].append(entry.handler) }
            for entry in registrations.codes { codes[entry.object, default: [:]][entry.field] = entry.handler }
        }
        guard let first = errors.first else { return }
        guard errors.count > 1, first.code != .cancelled else { throw first }
        throw PlatformError(
            first.code,
            Message(.pluginsNotStarted, ["count": .text(String(errors.count))]),
            issues: errors.flatMap { error in
                error.issues.isEmpty
                    ? [
                        FieldIssue(
                            field: nil,
                            code: "not_started",
                            message: error.message,
                            plugin: error.context.plugin
                        )
                    ]
                    : error.issues
            },
            context: first.context,
            cause: first,
            traceback: first.traceback
        )
    }

    /// The objects of a hook for all of them, but for those for which a place has registered the same function.
    private func targets(of hook: PluginRegistrations.Hook, _ host: PluginHost) throws(PlatformError) -> [ObjectName] {
        var targets = Set(catalog.objects.keys)
        for other in host.registrations.hooks where other.isPlaced && other.point == hook.point {
            guard let object = other.object else { continue }
            do throws(LuaError) {
                if try host.isSame(other.handler.function, hook.handler.function) { targets.remove(object) }
            } catch {
                throw ScriptErrors.platformError(error, plugin: host.id, budget: host.budget)
            }
        }
        return Array(targets)
    }

    package func recordWritten() { LuaState.grant(nanoseconds: ScriptBudget.nanosecondsPerRecord) }

    /// Refuses reports, commands and templates of one name from one plugin, and code rules of one field from two.
    ///
    /// Of each of these one could never be had; what two plugins offer by one name is reached as `plugin.name`.
    ///
    /// - Throws: `invalidPlugin` with all of them and the plugins of each.
    package func requireUniqueNames() throws(PlatformError) {
        var issues: [FieldIssue] = []
        func check(_ kind: MessageKey, isShared: Bool = false, _ names: (PluginRegistrations) -> [String]) {
            var owners: [String: PluginID] = [:]
            for host in hosts {
                if !isShared { owners = [:] }
                for name in names(host.registrations) {
                    guard let owner = owners.updateValue(host.id, forKey: name) else { continue }
                    issues.append(
                        FieldIssue(
                            field: nil,
                            code: "same_name",
                            message: Message(
                                owner == host.id ? .runtimeNameTwice : .runtimeSameName,
                                [
                                    "kind": .message(Message(kind)), "name": .text(name),
                                    "first": .text(owner.rawValue), "second": .text(host.id.rawValue),
                                ]
                            ),
                            plugin: host.id
                        )
                    )
                }
            }
        }
        check(.runtimeReport) { $0.reports.map(\.name) }
        check(.runtimeCommand) { $0.commands.map(\.name) }
        check(.runtimeTemplate) { $0.templates.map(\.name) }
        check(.runtimeCodeRule, isShared: true) { $0.codes.map { "\($0.object).\($0.field)" } }
        guard !issues.isEmpty else { return }
        throw PlatformError(.invalidPlugin, Message(.runtimeSameNames), issues: issues)
    }

    package func handlers(at point: HookPoint, of object: ObjectName) -> [any HookHandler] {
        hooks[object]?[point] ?? []
    }

    package func validators(of object: ObjectName) -> [any ValidatorHandler] { validators[object] ?? [] }

    package func codeHandler(of object: ObjectName, field: FieldName) -> (any CodeHandler)? { codes[object]?[field] }

    /// What a plugin has registered, with the plugin; nil when it does not run.
    package func registered(by plugin: PluginID) -> (host: PluginHost, registrations: PluginRegistrations)? {
        hosts.first { $0.id == plugin }.map { ($0, $0.registrations) }
    }
}

extension MessageKey {
    package static let pluginsNotStarted = MessageKey(
        "plugin.not_started",
        zhCN: "{count} 个插件无法启动：",
        zhTW: "{count} 個外掛無法啟動：",
        en: "{count} plugins do not start:"
    )
    package static let runtimeSameNames = MessageKey(
        "runtime.same_names",
        zhCN: "同一个名称用了两次，没有任何改动：",
        zhTW: "同一個名稱用了兩次，沒有任何變更：",
        en: "A name is used twice; nothing was changed:"
    )
    package static let runtimeSameName = MessageKey(
        "runtime.same_name",
        zhCN: "{kind}「{name}」由插件 {first} 和 {second} 各登记了一次；请把后者改名",
        zhTW: "{kind}「{name}」由外掛 {first} 和 {second} 各登記了一次；請把後者改名",
        en: "the {kind} \"{name}\" is registered by {first} and by {second}; rename the latter"
    )
    package static let runtimeNameTwice = MessageKey(
        "runtime.name_twice",
        zhCN: "插件 {first} 登记了两个{kind}「{name}」；请把其中一个改名或删去",
        zhTW: "外掛 {first} 登記了兩個{kind}「{name}」；請把其中一個改名或刪去",
        en: "{first} registers the {kind} \"{name}\" twice; rename or remove one"
    )
    package static let runtimeReport = MessageKey("runtime.word_report", zhCN: "报表", zhTW: "報表", en: "report")
    package static let runtimeCommand = MessageKey("runtime.word_command", zhCN: "命令", zhTW: "命令", en: "command")
    package static let runtimeTemplate = MessageKey(
        "runtime.word_template",
        zhCN: "打印模板",
        zhTW: "列印範本",
        en: "print template"
    )
    package static let runtimeCodeRule = MessageKey(
        "runtime.word_code_rule",
        zhCN: "编码规则",
        zhTW: "編碼規則",
        en: "code rule of"
    )
}
