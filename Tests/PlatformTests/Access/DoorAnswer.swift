import CRMConcurrency
import CRMPlatform
import Foundation
import TestSupport

@testable import CRMOutput
@testable import CRMRecords
@testable import CRMRuntime

/// What comes out of a door, as text: every value, every title, every word of an error in every language.
struct DoorAnswer {
    let office: SalesOffice
    let role: OfficeRole

    private var platform: Platform { office.platform }
    private var principal: Principal { role.principal }
    private static let customers = Query(object: object("customer"), sort: [SortKey(field: "id")])

    /// Goes through a door; an error is an answer as well.
    func text(_ door: Door) -> String {
        do {
            return try answer(door)
        } catch let error as PlatformError {
            return Self.text(error)
        } catch {
            return "\(error)"
        }
    }

    private static func text(_ error: PlatformError) -> String {
        let words = Language.allCases.map { error.text(in: $0) }
        let context = "\(error.context.object?.rawValue ?? "")/\(error.context.record.map(String.init) ?? "")"
        let issues = error.issues.map { issue in
            "\(issue.field?.rawValue ?? "") \(issue.code) \(issue.conflicting?.description ?? "") "
                + Language.allCases.map { issue.message.text(in: $0) }.joined(separator: " ")
        }
        return (["error \(error.code) \(context)"] + words + issues).joined(separator: "\n")
    }

    private static func text(_ record: Record) -> String {
        let values = record.object.fields.map { "\($0.name)=\(record[$0.name]?.displayText ?? "")" }
        return "\(record.recordID) \(record.title) " + values.joined(separator: " ")
    }

    private func read(_ body: @Sendable (RecordSession) throws -> String) throws -> String {
        try platform.read(UnitContext(principal, language: .en), body)
    }

    /// Writes and undoes it, so that doors do not see each other's work; what was refused has changed nothing.
    private func write(_ body: @Sendable (RecordSession) throws -> String) throws -> String {
        try platform.write(UnitContext(principal, language: .en), body)
    }

    private func saved(_ name: String, _ input: RecordInput) throws -> String {
        try write { session in Self.text(try session.create(object(name), input).record) }
    }

    private func changed(_ id: RecordID, _ input: RecordInput) throws -> String {
        try write { session in Self.text(try session.update(id, input).record) }
    }

    private func deleted(_ id: RecordID) throws -> String {
        try write { session in
            let outcome = try session.delete(id)
            let shares = (outcome.deleted + outcome.cleared).map { "\($0.object) \($0.count) \($0.examples)" }
            return "deleted \(outcome.title) " + shares.joined(separator: " ")
        }
    }

    private func script(_ source: String) throws -> String {
        let lines = Guarded<[String]>([])
        try platform.runScript(source, name: "door.lua", in: UnitContext(principal, language: .en)) { line in
            lines.withLock { $0.append(line) }
        }
        return lines.withLock { $0 }.joined(separator: "\n")
    }

    private func exported(_ format: ExportFormat, _ fields: [String]? = nil) throws -> [UInt8] {
        let bytes = Guarded<[UInt8]>([])
        _ = try platform.exportRecords(
            query: Self.customers,
            to: format,
            fields: fields?.map { field($0) },
            as: principal,
            language: .en
        ) { chunk in bytes.withLock { $0 += chunk } }
        return bytes.withLock { $0 }
    }

    private func imported(_ text: String, map: String? = nil) throws -> String {
        let path = office.folder.path + "/rows-\(UUID().uuidString).csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        var options = FileImport()
        options.language = .en
        if let map {
            options.mapFile = path + ".json"
            try Data(map.utf8).write(to: URL(fileURLWithPath: path + ".json"))
        }
        let summary = try platform.importRecords(
            object: object("customer"),
            file: path,
            options: options,
            as: principal
        )
        return "created \(summary.created) updated \(summary.updated) failed \(summary.failed)\n"
            + Language.allCases.map { summary.text(in: $0) }.joined(separator: "\n")
    }

    private static func text(_ entries: [HistoryEntry]) -> String {
        entries.map { entry in
            "\(entry.action) \(entry.userID) \(entry.reason) "
                + entry.changes.map { "\($0.field): \($0.old.displayText) -> \($0.new.displayText)" }
                .joined(separator: ", ")
        }.joined(separator: "\n")
    }

    private static func text(_ match: ReferenceMatch) -> String { "match \(match)" }

    // MARK: - Doors

    private func answer(_ door: Door) throws -> String {
        switch door {
        case .get, .require, .find, .findFields, .findJSON, .forEach, .count, .aggregate, .groupByHop, .sort,
            .sortByHop,
            .filterByHop, .filterByHidden, .sortByMasked, .filterByName, .cursor:
            try read { session in try Self.query(door, session) }
        case .namesOfNobody, .titles, .records, .children, .history, .historyOfDeleted, .lastTitle, .match,
            .matchNumber,
            .matchTitle, .numbers, .writtenReference, .shownReference, .mark, .recognised, .codeCounters, .deletionPlan,
            .objections:
            try read { session in try Self.lookUp(door, session) }
        case .search, .searchHiddenField, .searchReferences: try search(door)
        case .create, .createUnique, .createDuplicate, .createReference, .createReferenceByText, .createForOther,
            .createUnwritable, .createHiddenField, .idempotency:
            try create(door)
        case .updateByRule, .update, .updateHidden, .updateShared, .moveAway, .takeOver, .delete, .deleteHidden,
            .deleteShared, .deleteObstacle, .childRows, .foreignChildRow:
            try change(door)
        case .explain, .rehearsalDiff: try trial(door)
        case .luaGet, .luaFind, .luaEach, .luaCount, .luaAggregate, .luaHistory, .luaCreate, .luaUpdate, .luaDelete,
            .luaChildren, .luaTable, .luaReferences, .luaAsSystem, .luaSettle:
            try lua(door)
        case .report, .reportWithoutRight, .command, .commandAsSystem, .print, .printHidden: try offer(door)
        case .exportCSV, .exportJSON, .exportJSONLines, .exportXLSX, .exportFields, .importRows, .importByKey:
            try file(door)
        }
    }

    private static func query(_ door: Door, _ session: RecordSession) throws(PlatformError) -> String {
        var query = customers
        func all(_ query: Query) throws(PlatformError) -> String {
            try session.find(query).records.map(text).joined(separator: "\n")
        }
        func rows(_ groups: [(String, String)], _ measures: [(String, String)]) throws(PlatformError) -> String {
            let result = try session.aggregate(
                AggregateQuery(
                    object: object("customer"),
                    groups: groups.map { .init(alias: $0.0, expression: $0.1) },
                    measures: measures.map { .init(alias: $0.0, expression: $0.1) }
                )
            )
            return result.rows.map { $0.map(\.displayText).joined(separator: "|") }.joined(separator: "\n")
        }
        switch door {
        case .get:
            return try [SalesOffice.mill, SalesOffice.bakery, SalesOffice.inn]
                .map { id throws(PlatformError) in try session.get(id).map(text) ?? "nothing" }.joined(separator: "\n")
        case .require: return text(try session.require(SalesOffice.mill))
        case .findFields:
            query.fields = [field("name"), field("secret")]
            return try all(query)
        case .findJSON:
            var bytes: [UInt8] = []
            _ = try session.findJSON(query, into: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        case .forEach:
            var lines: [String] = []
            try session.forEach(query) { record throws(PlatformError) in
                lines.append(text(record))
                return true
            }
            return lines.joined(separator: "\n")
        case .count: return "\(try session.count(object("customer")))"
        case .aggregate: return try rows([], [("sum", "sum(amount)"), ("most", "max(name)")])
        case .groupByHop: return try rows([("parent", "parent.name"), ("region", "region.name")], [("n", "count()")])
        case .sort: query.sort = [SortKey(field: "amount", descending: true)]
        case .sortByHop: query.sort = [SortKey(field: "parent.name", descending: true), SortKey(field: "id")]
        case .filterByHop: query.filter = "parent.name like 'Hidden%' or region.name like 'Hidden%'"
        case .filterByHidden: query.filter = "secret like 'Secret%'"
        case .sortByMasked: query.sort = [SortKey(field: "phone")]
        case .filterByName: query.filter = "parent = 'HiddenMill'"
        case .cursor:
            query.limit = 1
            var lines: [String] = []
            while true {
                let page = try session.find(query)
                lines += page.records.map(text)
                guard let next = page.next else { return lines.joined(separator: "\n") }
                query.after = next
            }
        default: break
        }
        return try all(query)
    }

    private static func lookUp(_ door: Door, _ session: RecordSession) throws(PlatformError) -> String {
        let ids = [SalesOffice.mill, SalesOffice.bakery, SalesOffice.cafe, SalesOffice.inn]
        switch door {
        case .namesOfNobody:
            return try session.namesOfNobody(in: "parent = 'HiddenMil'", of: object("customer"))
                .map { $0.text(in: .en) }.joined()
        case .titles: return "\(try session.titles(of: ids).values.sorted())"
        case .records: return try session.records(ids).values.map(text).sorted().joined(separator: "\n")
        case .children:
            return try session.children(object("contact"), of: SalesOffice.bakery, by: field("customer")).map(text)
                .joined(separator: "\n")
        case .history: return text(try session.history(of: SalesOffice.mill) + session.history(of: SalesOffice.bakery))
        case .historyOfDeleted:
            return text(try session.history(of: SalesOffice.gone) + session.history(of: SalesOffice.ownGone))
        case .lastTitle:
            let titles = [
                try session.lastTitle(of: SalesOffice.gone), try session.lastTitle(of: SalesOffice.ownGone),
                try session.lastTitle(of: SalesOffice.mill),
            ]
            return titles.map { $0 ?? "nothing" }.joined(separator: " ")
        case .match: return text(try session.match("TAX-3", in: object("customer")))
        case .matchNumber: return text(try session.match("1", in: object("customer")))
        case .matchTitle: return text(try session.match("hiddenmill", in: object("customer")))
        case .numbers:
            return "numbers "
                + "\(try session.numbers(of: object("customer"), having: [(field("tax_no"), .text("TAX-3"))], limit: 2))"
        case .writtenReference:
            return try session.writtenReference(to: SalesOffice.mill, session.get(SalesOffice.mill))
        case .shownReference: return try session.shownReference(to: SalesOffice.mill, session.get(SalesOffice.mill))
        case .mark:
            return "mark \(try session.marks(of: [session.require(SalesOffice.bakery)]) == [nil] ? "none" : "given")"
        case .recognised:
            let identity = try session.companyIdentity() ?? ""
            return "\(try session.recognised("customer/1 v1 aaaaaaaa @\(identity)", in: object("customer")))"
        case .codeCounters: return "counters \(try session.codeCounters().count)"
        case .deletionPlan:
            let plan = try session.deletionPlan(of: SalesOffice.bakery)
            return "plan \(plan.title) " + plan.obstacles.map { $0.message.text(in: .en) }.joined(separator: " ")
                + plan.deleted.map { "\($0.object) \($0.count) \($0.examples)" }.joined(separator: " ")
        case .objections:
            let input: RecordInput = ["name": "New", "tax_no": "TAX-3", "parent": "HiddenMill"]
            return try session.objections(to: input, of: object("customer"), isNew: true)
                .map { "\($0.code) \($0.conflicting?.description ?? "") \($0.message.text(in: .en))" }.joined(
                    separator: "\n"
                )
        default: return ""
        }
    }

    private func search(_ door: Door) throws -> String {
        let typed =
            switch door {
            case .search: "own"
            case .searchHiddenField: "SecretBakery"
            default: "HiddenRegion"
            }
        let result = try platform.search(typed, as: principal)
        return "found "
            + result.hits.map { hit in
                Self.text(hit.record) + hit.matches.map { "\($0.field.name): \($0.text.text(in: .en))" }.joined()
            }.joined(separator: "\n")
    }

    private func create(_ door: Door) throws -> String {
        switch door {
        case .createUnique: return try saved("customer", ["name": "New", "owner": "2", "tax_no": "TAX-3"])
        case .createDuplicate: return try saved("customer", ["name": "New", "owner": "2", "account": "ACC-3"])
        case .createReference:
            var input: RecordInput = ["name": "New", "owner": "2"]
            input.append(field("parent"), .value(.integer(1)))
            return try saved("customer", input)
        case .createReferenceByText:
            return try saved("customer", ["name": "New", "owner": "2", "parent": "HiddenMill"])
        case .createForOther: return try saved("customer", ["name": "New", "owner": "3"])
        case .createUnwritable: return try saved("customer", ["name": "New", "owner": "2", "grade": "A"])
        case .createHiddenField: return try saved("customer", ["name": "New", "owner": "2", "secret": "x"])
        case .idempotency:
            var options = SaveOptions()
            options.idempotencyKey = "key"
            let (input, given): (RecordInput, SaveOptions) = (["name": "HiddenTwice", "owner": "3"], options)
            _ = try platform.write(as: .administrator, origin: .library) { session in
                try session.create(object("customer"), input, given)
            }
            return try write { session in
                Self.text(try session.create(object("customer"), input, given).record)
            }
        default: return try saved("customer", ["name": "New", "owner": "2", "region": "East"])
        }
    }

    private func change(_ door: Door) throws -> String {
        switch door {
        case .updateByRule: try changed(RecordID(object: object("order"), number: 2), ["total": "8"])
        case .updateHidden: try changed(SalesOffice.mill, ["manager": "X"])
        case .updateShared: try changed(SalesOffice.inn, ["manager": "X"])
        case .moveAway: try changed(SalesOffice.bakery, ["owner": "3"])
        case .takeOver: try changed(SalesOffice.inn, ["owner": "2"])
        case .delete: try deleted(SalesOffice.cafe)
        case .deleteHidden: try deleted(SalesOffice.mill)
        case .deleteShared: try deleted(SalesOffice.inn)
        case .deleteObstacle: try deleted(SalesOffice.bakery)
        case .childRows:
            try write { session in
                var input = RecordInput()
                input.append(field("contacts"), .rows([["name": "OwnDora", "owner": "2"]]))
                _ = try session.update(SalesOffice.bakery, input)
                return try session.children(object("contact"), of: SalesOffice.bakery, by: field("customer"))
                    .map(Self.text).joined(separator: "\n")
            }
        case .foreignChildRow:
            try write { session in
                var input = RecordInput()
                input.append(field("contacts"), .rows([["id": "2", "name": "Taken"]]))
                return Self.text(try session.update(SalesOffice.bakery, input).record)
            }
        default: try changed(SalesOffice.bakery, ["manager": "Li"])
        }
    }

    private func trial(_ door: Door) throws -> String {
        if door == .explain {
            let trace = try platform.explain(UnitContext(principal, language: .en)) { session in
                _ = try session.delete(SalesOffice.cafe)
            }
            return trace.steps.map { "\($0.step) \($0.record) \($0.effect)" }.joined(separator: "\n")
                + (trace.error.map(Self.text) ?? "")
        }
        try platform.beginRehearsal()
        defer { try? platform.rollbackRehearsal() }
        try platform.write(as: .administrator, origin: .library) { session in
            _ = try session.update(SalesOffice.mill, ["manager": "HiddenNew"])
            _ = try session.update(
                SalesOffice.bakery,
                ["manager": "Li", "secret": "SecretNew", "phone": "13900009999"]
            )
            try session.delete(SalesOffice.cafe)
        }
        return "diff "
            + (try platform.rehearsalDiff(as: principal)).map { change in
                "\(change.record) \(change.action) "
                    + change.fields.map { "\($0.field): \($0.old.displayText) -> \($0.new.displayText)" }.joined()
            }.joined(separator: "\n")
    }

    private func lua(_ door: Door) throws -> String {
        let show =
            "local function show(c) if c then print(c.name, c.phone, c.secret, c:title(), c:label('phone')) else print(nil) end end\n"
        return switch door {
        case .luaGet:
            try script(show + "show(crm.get('customer/1')) show(crm.get('customer', 2)) show(crm.get('customer/4'))")
        case .luaFind: try script(show + "for _, c in ipairs(crm.find('customer', nil, {sort = 'id'})) do show(c) end")
        case .luaEach: try script(show + "for c in crm.each('customer', nil, {sort = 'id'}) do show(c) end")
        case .luaCount: try script("print(crm.count('customer'), crm.count('contact'))")
        case .luaAggregate:
            try script(
                """
                for _, r in ipairs(crm.aggregate('customer', {group = {'parent.name'}, measures = {n = 'count()', s = 'sum(amount)'}})) do
                  for k, v in pairs(r) do print(k, tostring(v)) end
                end
                """
            )
        case .luaHistory:
            try script(
                """
                for _, id in ipairs{'customer/1', 'customer/2', 'customer/6'} do
                  for _, h in ipairs(crm.history(id)) do
                    for _, c in ipairs(h.changes) do print(h.action, c.field, tostring(c.old), tostring(c.new)) end
                  end
                end
                """
            )
        case .luaCreate: try script("print(crm.create('customer', {name = 'New', owner = 2, parent = 'customer/1'}))")
        case .luaUpdate: try script("print(crm.update('customer/1', {manager = 'X'}))")
        case .luaDelete: try script("crm.delete('customer/1') print('deleted')")
        case .luaChildren:
            try script("for _, c in ipairs(crm.get('customer/2').contacts) do print(c.name) end")
        case .luaTable:
            try script("for k, v in pairs(crm.get('customer/2'):to_table()) do print(k, tostring(v)) end")
        case .luaReferences:
            try script(
                """
                local c = crm.get('customer/2')
                print(tostring(c.parent.name) .. " " .. tostring(c.region.name))
                """
            )
        case .luaAsSystem: try script("print(crm.as_system('to look', function() return crm.count('customer') end))")
        default: try script("crm.update('contact/1', {name = 'OwnAnnie'}) print('settled')")
        }
    }

    private func offer(_ door: Door) throws -> String {
        let unit = UnitContext(principal, language: .en)
        switch door {
        case .reportWithoutRight: return "\(try platform.runReport("payroll", in: unit).texts(in: .en))"
        case .command, .commandAsSystem:
            let result = try platform.runCommand(door == .command ? "names" : "all", in: unit) { _ in }
            return "result \(result)"
        case .print, .printHidden:
            return try platform.printRecord(
                template: "card",
                record: door == .print ? SalesOffice.bakery : SalesOffice.mill,
                language: .en,
                as: principal
            ).text
        default: return "\(try platform.runReport("list", in: unit).texts(in: .en))"
        }
    }

    private func file(_ door: Door) throws -> String {
        switch door {
        case .exportJSON: return String(decoding: try exported(.json), as: UTF8.self)
        case .exportJSONLines: return String(decoding: try exported(.jsonLines), as: UTF8.self)
        case .exportXLSX:
            var reader = try XLSXReader(bytes: try exported(.xlsx))
            var lines: [String] = []
            var row = CSVRow()
            lines.append(try reader.header().joined(separator: "|"))
            while try reader.next(&row) {
                lines.append((0..<row.count).map { row.string($0) }.joined(separator: "|"))
            }
            return lines.joined(separator: "\n")
        case .exportFields: return String(decoding: try exported(.csv(bom: false), ["name", "secret"]), as: UTF8.self)
        case .importRows: return try imported("name,owner,parent\nOwnImported,2,\nOwnLinked,2,HiddenMill\nOther,3,\n")
        case .importByKey:
            return try imported("tax_no,manager\nTAX-3,X\n", map: #"{"key": ["tax_no"]}"#)
        default: return String(decoding: try exported(.csv(bom: false)), as: UTF8.self)
        }
    }
}
