package import CRMModel
package import CRMOutput
import CRMRecords
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

extension Company {
    /// The reports that plugins offer.
    package func reports() throws(PlatformError) -> [ScriptOffer] {
        try offers { $0.reports.map { ($0.name, $0.title, $0.parameters, nil) } }
    }

    /// The commands that plugins offer.
    package func commands() throws(PlatformError) -> [ScriptOffer] {
        try offers { $0.commands.map { ($0.name, $0.title, $0.parameters, nil) } }
    }

    /// The print templates that plugins offer.
    package func templates() throws(PlatformError) -> [ScriptOffer] {
        try offers { $0.templates.map { ($0.name, $0.title, [], $0.object) } }
    }

    private func offers(
        _ list: (PluginRegistrations) -> [(String, LocalizedText, [ParameterInfo], ObjectName?)]
    ) throws(PlatformError) -> [ScriptOffer] {
        try catchUp()
        return try runtime().hosts.flatMap { host in
            list(host.registrations).compactMap { name, title, parameters, object in
                ElementName(rawValue: name).map { checked in
                    ScriptOffer(
                        name: checked,
                        title: title,
                        plugin: host.id,
                        parameters: parameters,
                        object: object,
                        languages: Language.allCases.filter {
                            host.package.files["print/\(name)/\($0.rawValue).html"] != nil
                        }
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
        as principal: Principal
    ) throws(PlatformError) -> ReportResult {
        try catchUp()
        guard let (host, report) = try runtime().report(name) else {
            throw unknown(.scriptNoReport, name, try reports().map(\.name.rawValue))
        }
        let arguments = try given.values(for: report.parameters, of: report.title)
        return try read(as: principal) { session throws(PlatformError) in
            let table = try host.run(in: session, limits: ScriptHost.limits) { _ throws(LuaError) in
                try report.run.call(arguments: [.map(Self.members(arguments, host))]).value(0, items: 1_000_000)
            }
            return try ReportReader(name: name, title: report.title, plugin: host.id).read(table)
        }
    }

    /// Runs a command in one transaction.
    ///
    /// - Throws: as ``runReport(_:parameters:as:)``; when what it returns cannot be shown, nothing is kept either.
    package func runCommand(
        _ name: String,
        parameters given: ParameterInput,
        as principal: Principal,
        output: @escaping (String) -> Void
    ) throws(PlatformError) -> CommandResult {
        try catchUp()
        guard let (host, command) = try runtime().command(name) else {
            throw unknown(.scriptNoCommand, name, try commands().map(\.name.rawValue))
        }
        let arguments = try given.values(for: command.parameters, of: command.title)
        let outer = host.output
        host.output = output
        defer { host.output = outer }
        return try write(as: principal, origin: .shell) { session throws(PlatformError) in
            let value = try host.run(in: session, limits: ScriptHost.limits) { _ throws(LuaError) in
                try command.run.call(arguments: [.map(Self.members(arguments, host))]).value(0, items: 1_000_000)
            }
            return try ReportReader(name: name, title: command.title, plugin: host.id).readResult(value)
        }
    }

    /// Prints a record.
    ///
    /// - Throws: `notFound`; `invalidPlugin` when the template is wrong; what the plugin throws.
    package func printRecord(
        template name: String,
        record id: RecordID,
        language: Language,
        as principal: Principal
    ) throws(PlatformError) -> PrintTemplate.Output {
        try catchUp()
        guard let (host, template) = try runtime().template(name) else {
            throw unknown(.scriptNoTemplate, name, try templates().map(\.name.rawValue))
        }
        guard template.object == id.object else {
            throw PlatformError(
                .invalidInput,
                Message(.scriptTemplateObject, ["template": .text(name), "object": .text(template.object.rawValue)])
            )
        }
        let languages = [language, .zhCN, .en, .zhTW]
        guard let chosen = languages.first(where: { host.package.files["print/\(name)/\($0.rawValue).html"] != nil }),
            let source = host.package.text("print/\(name)/\(chosen.rawValue).html")
        else { throw unknown(.scriptNoTemplate, name, [name]) }
        var partials: [String: String] = [:]
        for (path, _) in host.package.files where path.hasPrefix("print/_partials/") && path.hasSuffix(".html") {
            let part = path.dropFirst("print/_partials/".count).dropLast(".html".count)
            partials[String(part)] = host.package.text(path)
        }
        let page = try PrintTemplate(name: "print/\(name)/\(chosen.rawValue).html", source: source, partials: partials)
        return try read(as: principal) { session throws(PlatformError) in
            let record = try session.require(id)
            var extra: [String: PrintValue] = [:]
            if let function = template.data {
                let table = try host.run(in: session, limits: ScriptHost.limits) { _ throws(LuaError) in
                    try function.call(arguments: [.object(host.luaTypes().argument(RecordHandle(record)))]).value(0)
                }
                if case .group(let members) = Self.printValue(table) { extra = members }
            }
            return try page.render(try printData(record, extra, session, chosen), language: chosen)
        }
    }

    private func printData(
        _ record: Record,
        _ extra: [String: PrintValue],
        _ session: RecordSession,
        _ language: Language
    ) throws(PlatformError) -> PrintValue {
        let data = PrintData(
            formatter: ValueFormatter(catalog: catalog, language: language, timeZone: options.timeZone),
            related: { try session.get($0) },
            children: { parent, field in
                guard case .children(let object, let via) = field.type else { return [] }
                return try session.find(
                    Query(
                        object: object,
                        filter: "\(via) = ?",
                        parameters: [.integer(parent.id)],
                        sort: [SortKey(field: "id")],
                        limit: 5000
                    )
                ).records
            }
        )
        do {
            return try data.make(record, now: session.now, extra: extra)
        } catch let error as PlatformError {
            throw error
        } catch {
            throw PlatformError(.internal, Message(.scriptNoTemplate, ["name": "", "known": ""]), cause: error)
        }
    }

    private static func printValue(_ value: LuaValue) -> PrintValue {
        switch value {
        case .nil, .bytes, .opaque: return .nothing
        case .boolean(let flag): return .flag(flag)
        case .integer(let number): return .value(.integer(number))
        case .number(let number):
            return FixedDecimal(exactly: number).map { .value(.decimal($0)) } ?? .text(String(number))
        case .string(let text):
            // Decimals and days come out of Lua as their exact texts; templates may format them as what they are.
            if let number = FixedDecimal(text), text.contains(".") { return .value(.decimal(number)) }
            if let day = CalendarDate(iso: text) { return .value(.date(day)) }
            return .text(text)
        case .array(let items): return .list(items.map(printValue))
        case .table(let pairs):
            var members: [String: PrintValue] = [:]
            for pair in pairs { if let name = Definition.text(pair.key) { members[name] = printValue(pair.value) } }
            return .group(members)
        }
    }

    // MARK: - Parameters

    private static func members(
        _ values: [(name: String, value: Value)],
        _ host: PluginHost
    ) throws(LuaError) -> [(name: String, value: LuaArgument)] {
        var members: [(name: String, value: LuaArgument)] = []
        for (name, value) in values { members.append((name, try host.luaTypes().argument(value, of: nil))) }
        return members
    }

    private func unknown(_ key: MessageKey, _ name: String, _ known: [String]) -> PlatformError {
        PlatformError(
            .notFound,
            Message(key, ["name": .text(name), "known": .text(known.sorted().joined(separator: ", "))])
        )
    }
}

extension MessageKey {
    static let scriptNoReport = MessageKey(
        "script.no_report",
        zhCN: "没有报表「{name}」。现有：{known}",
        zhTW: "沒有報表「{name}」。現有：{known}",
        en: "There is no report \"{name}\". Reports here: {known}"
    )
    static let scriptNoCommand = MessageKey(
        "script.no_command",
        zhCN: "没有命令「{name}」。现有：{known}",
        zhTW: "沒有命令「{name}」。現有：{known}",
        en: "There is no command \"{name}\". Commands here: {known}"
    )
    static let scriptNoTemplate = MessageKey(
        "script.no_template",
        zhCN: "没有打印模板「{name}」。现有：{known}",
        zhTW: "沒有列印範本「{name}」。現有：{known}",
        en: "There is no print template \"{name}\". Templates here: {known}"
    )
    static let scriptTemplateObject = MessageKey(
        "script.template_object",
        zhCN: "模板「{template}」用于对象「{object}」的记录",
        zhTW: "範本「{template}」用於物件「{object}」的記錄",
        en: "the template \"{template}\" is for records of \"{object}\""
    )
}
