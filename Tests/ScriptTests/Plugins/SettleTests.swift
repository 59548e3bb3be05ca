import CRMModel
import CRMOutput
import TestSupport
import Testing

@testable import CRMPlatform

/// Heads whose sums follow their lines: once, when the lines are there.
@Suite("Settling")
struct SettleTests {
    private static let sheet = """
        {"name": "sheet", "label": "单", "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "required": true, "unique": true},
          {"name": "total", "type": "integer", "label": "合计"}, {"name": "runs", "type": "integer", "label": "次数"},
          {"name": "rows", "type": "children", "object": "row", "via": "sheet", "label": "行"}]}
        """
    private static let row = """
        {"name": "row", "label": "行", "title_field": "amount", "fields": [
          {"name": "sheet", "type": "reference", "object": "sheet", "label": "单", "on_delete": "cascade"},
          {"name": "amount", "type": "integer", "label": "数"}]}
        """
    /// The sum of a sheet, and how often it was made; a sum of 13 is refused.
    private static let code = """
        crm.on("row", "after_save", function(row)
          crm.settle("sheet", row:id_of("sheet"))
          local before = row:old("sheet")
          if before then crm.settle(before) end
        end)
        crm.on("row", "after_delete", function(row) crm.settle("sheet", row:id_of("sheet")) end)
        crm.on("row", "before_save", function(row) local name = row.sheet and row.sheet.total end)
        crm.on("sheet", "settle", function(sheet)
          local sum = crm.aggregate("row", {where = "sheet = ?", params = {sheet.id}, measures = {s = "sum(amount)"}})
          local total = sum[1] and sum[1].s or 0
          if total == 13 then error({code = "validation_failed", message = "thirteen", field = "total"}) end
          crm.update(sheet, {total = total, runs = (sheet.runs or 0) + 1})
        end)
        """

    private func company(_ more: String = "") throws -> ScriptCompany {
        try ScriptCompany(Self.code + more, ["objects/sheet.json": Self.sheet, "objects/row.json": Self.row])
    }

    private func sheet(_ company: ScriptCompany, _ id: Int64 = 1) throws -> [Value] {
        try company.platform.read(as: .administrator) { session in
            let record = try session.require(RecordID(object: object("sheet"), number: id))
            return [record["total"], record["runs"]]
        }
    }

    @Test("a head that is saved with its lines is settled once, and its result has the sum")
    func together() throws {
        let company = try company()
        let lines = try company.run(
            """
            local rows = {}
            for i = 1, 50 do rows[i] = {amount = i} end
            local sheet = crm.create("sheet", {name = "a", rows = rows})
            print(sheet.total, sheet.runs)
            """
        )
        #expect(lines == ["1275\t1"])
        #expect(try sheet(company) == [.integer(1275), .integer(1)])
    }

    @Test("a script that saves lines one by one settles when it looks, and at its end")
    func script() throws {
        let company = try company()
        let lines = try company.run(
            """
            local sheet = crm.create("sheet", {name = "a"})
            for i = 1, 20 do crm.create("row", {sheet = sheet, amount = i}) end
            print(crm.get("sheet", sheet.id).total)
            for i = 1, 20 do crm.update("row/" .. i, {amount = 1}) end
            """
        )
        #expect(lines == ["210"])
        #expect(try sheet(company) == [.integer(20), .integer(2)])
    }

    @Test("a single save has settled when it returns, a change of the head and a deletion too")
    func single() throws {
        let company = try company()
        try company.run("crm.create('sheet', {name = 'a'}) crm.create('sheet', {name = 'b'})")
        func write(_ body: @Sendable (RecordSession) throws -> Void) throws {
            try company.platform.write(as: .administrator, origin: .library) { session in
                try body(session)
            }
        }
        try write { session in
            for amount in [1, 2] {
                let input = RecordInput([field("sheet"): .integer(1), field("amount"): .integer(Int64(amount))])
                _ = try session.create(object("row"), input)
                let head = try session.require(RecordID(object: object("sheet"), number: 1))
                #expect(head["total"] == .integer(amount == 1 ? 1 : 3))
            }
        }
        try write { session in
            _ = try session.update(
                RecordID(object: object("row"), number: 1),
                RecordInput([field("sheet"): .integer(2)])
            )
        }
        #expect(try sheet(company, 1)[0] == .integer(2))
        #expect(try sheet(company, 2)[0] == .integer(1))
        try write { session in
            try session.delete(RecordID(object: object("row"), number: 2))
        }
        #expect(try sheet(company, 1)[0] == .integer(0))
        // The rows go with their sheet; there is nothing left to settle.
        try write { session in
            try session.delete(RecordID(object: object("sheet"), number: 2))
        }
        #expect(try company.count("row") == 0)
    }

    private func imported(_ company: ScriptCompany, _ rows: [String], isDryRun: Bool = false) throws -> ImportSummary {
        try company.folder.write((["sheet,amount"] + rows).joined(separator: "\n"), to: "rows.csv")
        var options = FileImport()
        options.isDryRun = isDryRun
        // Batches end by their rows alone, however slow the machine is.
        options.batchTime = .seconds(3600)
        return try company.platform.importRecords(
            object: object("row"),
            file: company.folder.path + "/rows.csv",
            options: options,
            as: .administrator
        )
    }

    @Test("an import of the lines of one head settles once for each batch, not for each row")
    func batches() throws {
        let company = try company()
        try company.run("crm.create('sheet', {name = 'a'})")
        let summary = try imported(company, Array(repeating: "a,1", count: 2500))
        #expect(summary.created == 2500)
        let settled = try sheet(company)
        #expect(settled.first == .integer(2500))
        #expect(settled.last == .integer(3))
    }

    @Test("when a batch cannot be settled, it is done again and the row is named", arguments: [false, true])
    func refusal(isDryRun: Bool) throws {
        let company = try company()
        try company.run("crm.create('sheet', {name = 'a'}) crm.create('sheet', {name = 'b'})")
        let summary = try imported(company, ["b,1", "a,6", "a,7", "b,2"], isDryRun: isDryRun)
        #expect((summary.rows, summary.created, summary.failed) == (4, 3, 1))
        #expect(summary.problems.map(\.row) == [3])
        #expect(summary.problems.first?.messages.map { $0.text(in: .en) } == ["thirteen"])
        #expect(try sheet(company, 1)[0] == (isDryRun ? .null : .integer(6)))
        #expect(try sheet(company, 2)[0] == (isDryRun ? .null : .integer(3)))
    }

    @Test("records that call for each other without end are an error")
    func circle() throws {
        let company = try company(
            """

            crm.on("person", "settle", function(p) crm.settle("sheet", 1) end)
            crm.on("sheet", "settle", function(s) crm.settle("person", 1) end)
            """
        )
        try company.run("crm.create('sheet', {name = 'a'}) crm.create('person', {name = 'p'})")
        let error = company.failure("crm.settle('person', 1)")
        #expect(error?.code == .limitExceeded)
        #expect(error?.text(in: .en).contains("in a circle") == true)
    }

    @Test("an object without such a hook cannot be settled; no record is no error")
    func unknown() throws {
        let company = try company()
        #expect(
            company.failure("crm.settle('deal', 1)")?.text(in: .en).contains("no plugin has a 'settle' hook") == true
        )
        try company.run("crm.settle('sheet', nil) crm.settle('sheet', 77)")
    }

    @Test("a document of more than five thousand lines is saved, posted by a hook, read and settled once")
    func long() throws {
        let company = try company(
            """

            crm.on("sheet", "after_save", function(sheet)
              if not sheet:changed("name") or sheet:is_new() then return end
              for _, row in ipairs(sheet.rows) do crm.create("person", {name = "move " .. row.amount}) end
            end)
            """
        )
        let lines = try company.run(
            """
            local rows = {}
            for i = 1, 5001 do rows[i] = {amount = 1} end
            local sheet = crm.create("sheet", {name = "a", rows = rows})
            print(#sheet.rows, sheet.total, sheet.runs)
            """
        )
        #expect(lines == ["5001\t5001\t1"])
        // The hook has one second, and five milliseconds more for each move that it writes.
        try company.platform.write(as: .administrator, origin: .shell) { session in
            _ = try session.update(
                RecordID(object: object("sheet"), number: 1),
                RecordInput([field("name"): .text("posted")])
            )
        }
        #expect(try company.count("person") == 5001)
    }
}
