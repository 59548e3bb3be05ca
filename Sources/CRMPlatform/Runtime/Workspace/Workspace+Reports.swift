package import CRMModel
package import CRMOutput
import CRMRecords
package import CRMScripting
import LuaBridge

/// What a plugin offers by name: a report, a template or a command.
package struct ScriptOffer: Sendable {
    /// The name.
    package let name: ElementName
    /// The title.
    package let title: LocalizedText
    /// The plugin.
    package let plugin: PluginID
    /// The parameters of reports and commands.
    package let parameters: [ParameterInfo]
    /// The object of a template.
    package let object: ObjectName?
    /// The languages of a template.
    package let languages: [Language]
    /// The name by which it is called: its own when only one plugin has it, else the full one.
    package fileprivate(set) var shortestName: String

    /// The plugin and the name, `sales.totals`; by it each is reached.
    package var fullName: String { "\(plugin).\(name)" }
}

/// All that the plugins of a file offer by name.
package struct ScriptOffers: Sendable {
    /// The reports.
    package let reports: [ScriptOffer]
    /// The commands.
    package let commands: [ScriptOffer]
    /// The print templates.
    package let templates: [ScriptOffer]
}

extension Workspace {
    /// What the plugins offer by name, in the metadata that this lane goes by.
    ///
    /// - Throws: as ``runtimeLookedAt()``.
    package func offers() throws(PlatformError) -> ScriptOffers {
        if let known = snapshot.offers { return known }
        let hosts = try runtimeLookedAt().hosts
        let offers = ScriptOffers(
            reports: Self.list(hosts) { $0.reports.map { ($0.name, $0.title, $0.parameters, nil) } },
            commands: Self.list(hosts) { $0.commands.map { ($0.name, $0.title, $0.parameters, nil) } },
            templates: Self.list(hosts) { $0.templates.map { ($0.name, $0.title, [], $0.object) } }
        )
        snapshot.note(offers)
        return offers
    }

    private static func list(
        _ hosts: [PluginHost],
        _ list: (PluginRegistrations) -> [(String, LocalizedText, [ParameterInfo], ObjectName?)]
    ) -> [ScriptOffer] {
        var offers = hosts.flatMap { host in
            list(host.registrations).compactMap { name, title, parameters, object in
                ElementName(rawValue: name).map { checked in
                    ScriptOffer(
                        name: checked,
                        title: title,
                        plugin: host.id,
                        parameters: parameters,
                        object: object,
                        languages: PrintPages(package: host.package, name: name).languages,
                        shortestName: name
                    )
                }
            }
        }
        let owners = Dictionary(grouping: offers, by: \.name)
        for index in offers.indices where owners[offers[index].name]?.count ?? 0 > 1 {
            offers[index].shortestName = offers[index].fullName
        }
        return offers
    }

    /// Runs a report.
    ///
    /// - Throws: `notFound` with the names that are there; `invalidInput` for wrong parameters; what the plugin throws.
    package func runReport(
        _ name: String,
        parameters given: ParameterInput,
        in unit: UnitContext
    ) throws(PlatformError) -> ReportResult {
        // All on one view: who installs a plugin meanwhile changes neither what is called nor what it finds.
        try read(unit) { session throws(PlatformError) in
            let running = try countedRuntime()
            let offers = try offers().reports
            guard let offer = try offers.offer(calledByPeople: name),
                let (host, registered) = running.registered(by: offer.plugin),
                let report = registered.reports.first(where: { $0.name == offer.name.rawValue })
            else { throw unknown(.scriptNoReport, name, offers) }
            let name = report.name
            let arguments = try given.values(for: report.parameters, of: report.title)
            try session.requireRight(to: PluginOffer(.report, name, of: host.id), title: report.title)
            let table = try host.run(in: session, budget: .script, from: report.source) { _ throws(LuaError) in
                try report.run.call(arguments: [.map(Self.members(arguments, host))]).value(0, items: 1_000_000)
            }
            return try ReportReader(name: name, title: report.title, plugin: host.id, timeZone: session.timeZone).read(
                table
            )
        }
    }

    /// Runs a command in one transaction.
    ///
    /// - Throws: as ``runReport(_:parameters:in:)``; when what it returns cannot be shown, nothing is kept either.
    package func runCommand(
        _ name: String,
        parameters given: ParameterInput,
        in unit: UnitContext,
        output: @escaping (String) -> Void
    ) throws(PlatformError) -> CommandResult {
        try catchUp()
        let running = try countedRuntime()
        let offers = try offers().commands
        guard let offer = try offers.offer(calledByPeople: name),
            let (host, registered) = running.registered(by: offer.plugin),
            let command = registered.commands.first(where: { $0.name == offer.name.rawValue })
        else { throw unknown(.scriptNoCommand, name, offers) }
        let name = command.name
        let arguments = try given.values(for: command.parameters, of: command.title)
        let outer = host.output
        host.output = output
        defer { host.output = outer }
        return try write(unit) { session throws(PlatformError) in
            try session.requireRight(to: PluginOffer(.command, name, of: host.id), title: command.title)
            let value = try host.run(in: session, budget: .script, from: command.source) { _ throws(LuaError) in
                try command.run.call(arguments: [.map(Self.members(arguments, host))]).value(0, items: 1_000_000)
            }
            return try ReportReader(name: name, title: command.title, plugin: host.id, timeZone: session.timeZone)
                .readResult(value)
        }
    }

    private static func members(
        _ values: [(name: String, value: Value)],
        _ host: PluginHost
    ) throws(LuaError) -> [(name: String, value: LuaArgument)] {
        var members: [(name: String, value: LuaArgument)] = []
        for (name, value) in values { members.append((name, try host.luaTypes().argument(value, of: nil))) }
        return members
    }

    func unknown(_ key: MessageKey, _ name: String, _ known: [ScriptOffer]) -> PlatformError {
        let names = known.sorted { $0.shortestName < $1.shortestName }.map {
            LocalizedText.named($0.shortestName, $0.title)
        }
        let list = names.isEmpty ? nil : Message(.scriptKnown, ["names": .label(.list(names, limit: 40))])
        let message = Message(key, ["name": .text(name), "known": list.map { .message($0) } ?? ""])
        guard !plugins.disabled.isEmpty else { return PlatformError(.notFound, message) }
        let off = plugins.disabled.map(\.rawValue).joined(separator: ", ")
        return PlatformError(.notFound, Message(.scriptSomeOff, ["message": .message(message), "plugins": .text(off)]))
    }
}

extension [ScriptOffer] {
    /// What people call by its full name, its name or its title in any language; nil when nothing goes by the text.
    ///
    /// A title as it is written goes before what differs in width, case, blanks or script alone.
    ///
    /// - Throws: `invalidInput` with the full names when several go by it.
    package func offer(calledByPeople text: String) throws(PlatformError) -> ScriptOffer? {
        if let one = first(where: { $0.fullName == text }) { return one }
        let named = filter { $0.name.rawValue == text }
        let meant = named.isEmpty ? called(text, name: \.name.rawValue, label: \.title) : named
        guard meant.count > 1 else { return meant.first }
        let names = meant.sorted { $0.fullName < $1.fullName }.map { LocalizedText.named($0.fullName, $0.title) }
        throw PlatformError(
            .invalidInput,
            Message(.scriptSeveral, ["name": .text(text), "names": .label(.list(names, limit: 40))])
        )
    }
}

extension MessageKey {
    static let scriptSomeOff = MessageKey(
        "script.some_off",
        zhCN: "{message}。已停用的插件：{plugins}",
        zhTW: "{message}。已停用的外掛：{plugins}",
        en: "{message}. Plugins that are switched off: {plugins}"
    )
    static let scriptSeveral = MessageKey(
        "script.several",
        zhCN: "「{name}」不止一个，请写全名：{names}",
        zhTW: "「{name}」不只一個，請寫全名：{names}",
        en: "More than one goes by \"{name}\"; write the full name: {names}"
    )
    static let scriptKnown = MessageKey(
        "script.known",
        zhCN: "。现有：{names}",
        zhTW: "。現有：{names}",
        en: ". There are: {names}"
    )
    static let scriptNoReport = MessageKey(
        "script.no_report",
        zhCN: "没有报表「{name}」{known}",
        zhTW: "沒有報表「{name}」{known}",
        en: "There is no report \"{name}\"{known}"
    )
    static let scriptNoCommand = MessageKey(
        "script.no_command",
        zhCN: "没有命令「{name}」{known}",
        zhTW: "沒有命令「{name}」{known}",
        en: "There is no command \"{name}\"{known}"
    )
}
