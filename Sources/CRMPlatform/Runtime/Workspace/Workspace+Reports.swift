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
        hosts.flatMap { host in
            list(host.registrations).compactMap { name, title, parameters, object in
                ElementName(rawValue: name).map { checked in
                    ScriptOffer(
                        name: checked,
                        title: title,
                        plugin: host.id,
                        parameters: parameters,
                        object: object,
                        languages: PrintPages(package: host.package, name: name).languages
                    )
                }
            }
        }
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
            let name = self.name(meantBy: name, among: offers)
            guard let (host, report) = running.report(name) else {
                throw unknown(.scriptNoReport, name, offers)
            }
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
        let name = self.name(meantBy: name, among: offers)
        guard let (host, command) = running.command(name) else {
            throw unknown(.scriptNoCommand, name, offers)
        }
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

    /// The name of what people call by its name or by its title in any language; the text itself when that is none, or more
    /// than one goes by it.
    ///
    /// A title as it is written goes before what differs in width, case, blanks or script alone.
    func name(meantBy text: String, among offers: [ScriptOffer]) -> String {
        let called = offers.called(text, name: \.name.rawValue, label: \.title)
        return called.count == 1 ? called[0].name.rawValue : text
    }

    func unknown(_ key: MessageKey, _ name: String, _ known: [ScriptOffer]) -> PlatformError {
        let names = known.sorted { $0.name < $1.name }.map { LocalizedText.named($0.name.rawValue, $0.title) }
        let list = names.isEmpty ? nil : Message(.scriptKnown, ["names": .label(.list(names, limit: 40))])
        let message = Message(key, ["name": .text(name), "known": list.map { .message($0) } ?? ""])
        guard !plugins.disabled.isEmpty else { return PlatformError(.notFound, message) }
        let off = plugins.disabled.map(\.rawValue).joined(separator: ", ")
        return PlatformError(.notFound, Message(.scriptSomeOff, ["message": .message(message), "plugins": .text(off)]))
    }
}

extension MessageKey {
    static let scriptSomeOff = MessageKey(
        "script.some_off",
        zhCN: "{message}。已停用的插件：{plugins}",
        zhTW: "{message}。已停用的外掛：{plugins}",
        en: "{message}. Plugins that are switched off: {plugins}"
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
