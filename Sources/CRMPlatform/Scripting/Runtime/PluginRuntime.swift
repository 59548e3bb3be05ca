package import CRMModel
package import CRMRecords
import LuaBridge

/// The running plugins of a file: one Lua state each, their hooks in the order of the plugins.
package final class PluginRuntime: HookDispatcher {
    private(set) var hosts: [PluginHost] = []
    private let catalog: Catalog
    private let options: PlatformOptions
    private var hooks: [ObjectName: [HookPoint: [any HookHandler]]] = [:]
    private var validators: [ObjectName: [any ValidatorHandler]] = [:]
    private var codes: [ObjectName: [FieldName: any CodeHandler]] = [:]

    init(plugins: [PluginPackage], catalog: Catalog, options: PlatformOptions, budget: ScriptBudget = .hook) {
        self.catalog = catalog
        self.options = options
        hosts = plugins.map { package in
            PluginHost(
                package: package,
                modules: PluginModules(of: package, among: plugins, isFree: false),
                catalog: catalog,
                options: options,
                budget: budget
            )
        }
    }

    /// Whether a limit has struck a plugin.
    var needsRestart: Bool { hosts.contains { $0.isDead } }

    /// Starts every plugin and gathers what they have registered.
    ///
    /// - Throws: `invalidPlugin`, `hookFailed` or `limitExceeded` naming plugin, file and line; of several plugins that do
    ///   not start, all of them.
    func start() throws(PlatformError) {
        var errors: [PlatformError] = []
        for host in hosts {
            do throws(PlatformError) {
                try host.start()
            } catch {
                errors.append(error)
                continue
            }
            let registrations = host.registrations
            for hook in registrations.hooks {
                let targets = hook.object.map { [$0] } ?? Array(catalog.objects.keys)
                for target in targets {
                    hooks[target, default: [:]][hook.point, default: []].append(hook.handler)
                }
            }
            for (object, handler) in registrations.validators { validators[object, default: []].append(handler) }
            for (object, field, handler) in registrations.codes { codes[object, default: [:]][field] = handler }
        }
        guard let first = errors.first else { return }
        guard errors.count > 1, first.code != .cancelled else { throw first }
        throw PlatformError(
            first.code,
            Message(.pluginsNotStarted, ["count": .text(String(errors.count))]),
            issues: errors.map { error in
                FieldIssue(field: nil, code: "not_started", message: error.message, plugin: error.context.plugin)
            },
            context: first.context,
            cause: first,
            traceback: first.traceback
        )
    }

    package func recordWritten() { LuaState.grant(ScriptBudget.timePerRecord) }

    package func handlers(at point: HookPoint, of object: ObjectName) -> [any HookHandler] {
        hooks[object]?[point] ?? []
    }

    package func validators(of object: ObjectName) -> [any ValidatorHandler] { validators[object] ?? [] }

    package func codeHandler(of object: ObjectName, field: FieldName) -> (any CodeHandler)? { codes[object]?[field] }

    /// The report of that name with its plugin.
    func report(_ name: String) -> (host: PluginHost, report: ScriptReport)? {
        for host in hosts {
            if let report = host.registrations.reports.first(where: { $0.name == name }) { return (host, report) }
        }
        return nil
    }

    /// The command of that name with its plugin.
    func command(_ name: String) -> (host: PluginHost, command: ScriptCommand)? {
        for host in hosts {
            if let command = host.registrations.commands.first(where: { $0.name == name }) { return (host, command) }
        }
        return nil
    }

    /// The print template of that name with its plugin.
    func template(_ name: String) -> (host: PluginHost, template: ScriptTemplate)? {
        for host in hosts {
            if let found = host.registrations.templates.first(where: { $0.name == name }) { return (host, found) }
        }
        return nil
    }
}

extension MessageKey {
    static let pluginsNotStarted = MessageKey(
        "plugin.not_started",
        zhCN: "{count} 个插件无法启动：",
        zhTW: "{count} 個外掛無法啟動：",
        en: "{count} plugins do not start:"
    )
}
