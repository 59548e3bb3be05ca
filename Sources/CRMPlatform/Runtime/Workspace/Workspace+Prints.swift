package import CRMModel
package import CRMOutput
import CRMRecords
import CRMScripting
import LuaBridge

extension Workspace {
    /// Prints a record.
    ///
    /// - Throws: `notFound`; `invalidPlugin` when the template is wrong; what the plugin throws.
    package func printRecord(
        template name: String,
        record id: RecordID,
        in unit: UnitContext
    ) throws(PlatformError) -> PrintedPage {
        try read(unit) { session throws(PlatformError) in try printRecord(name, id, session) }
    }

    private func printRecord(
        _ name: String,
        _ id: RecordID,
        _ session: RecordSession
    ) throws(PlatformError) -> PrintedPage {
        let running = try countedRuntime()
        let offers = try offers().templates
        guard let offer = try offers.offer(calledByPeople: name),
            let (host, registered) = running.registered(by: offer.plugin),
            let template = registered.templates.first(where: { $0.name == offer.name.rawValue })
        else { throw unknown(.scriptNoTemplate, name, offers) }
        let name = template.name
        guard template.object == id.object else {
            throw PlatformError(
                .invalidInput,
                Message(.scriptTemplateObject, ["template": .text(name), "object": .text(template.object.rawValue)])
            )
        }
        guard let page = PrintPages(package: host.package, name: name).page(for: session.language) else {
            throw unknown(.scriptNoTemplate, name, [])
        }
        let source = try PrintTemplate(
            name: page.path,
            source: page.source,
            format: page.format,
            partials: PrintPages.partials(of: host.package, page.format)
        )
        try session.requireRight(to: PluginOffer(.template, name, of: host.id), title: template.title)
        try session.requireRight(.print, on: id.object)
        let record = try session.require(id)
        var extra: [String: PrintValue] = [:]
        if let function = template.data {
            let table = try host.run(in: session, budget: .script, from: template.source) { _ throws(LuaError) in
                try function.call(arguments: [.object(host.luaTypes().argument(RecordHandle(record)))])
                    .value(0, items: 1_000_000)
            }
            do throws(JSONAPI.Loss) {
                _ = try JSONAPI.json(table)
            } catch {
                throw PlatformError(
                    .hookFailed,
                    Message(
                        .scriptTemplateData,
                        ["template": .text(name), "problem": .text(DisplayWidth.escapingControls(error.description))]
                    ),
                    context: ErrorContext(plugin: host.id)
                )
            }
            if case .group(let members) = Self.printValue(table) { extra = members }
        }
        return try source.render(try printData(record, extra, session, page.values), language: page.values)
    }

    private func printData(
        _ record: Record,
        _ extra: [String: PrintValue],
        _ session: RecordSession,
        _ language: Language
    ) throws(PlatformError) -> PrintValue {
        let data = PrintData(
            formatter: ValueFormatter(catalog: catalog, language: language, timeZone: session.timeZone),
            related: { try session.records($0) },
            titles: { try session.titles(of: $0) },
            children: { parent, field in
                guard case .children(let object, let via) = field.type, !parent.isHidden(field.name) else { return [] }
                return try session.children(
                    object,
                    of: RecordID(object: parent.object.name, number: parent.id),
                    by: via
                )
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
            // Lua writes a list without rows and a group without members alike; a template asks for the rows.
            if pairs.isEmpty { return .list([]) }
            var members: [String: PrintValue] = [:]
            for pair in pairs { if let name = Definition.text(pair.key) { members[name] = printValue(pair.value) } }
            return .group(members)
        }
    }
}

extension MessageKey {
    static let scriptNoTemplate = MessageKey(
        "script.no_template",
        zhCN: "没有打印模板「{name}」{known}",
        zhTW: "沒有列印範本「{name}」{known}",
        en: "There is no print template \"{name}\"{known}"
    )
    static let scriptTemplateData = MessageKey(
        "script.template_data",
        zhCN: "模板「{template}」的 data 给出的数据有误：{problem}",
        zhTW: "範本「{template}」的 data 給出的資料有誤：{problem}",
        en: "the data that the template \"{template}\" is given are wrong: {problem}"
    )
    static let scriptTemplateObject = MessageKey(
        "script.template_object",
        zhCN: "模板「{template}」用于对象「{object}」的记录",
        zhTW: "範本「{template}」用於物件「{object}」的記錄",
        en: "the template \"{template}\" is for records of \"{object}\""
    )
}
