import CRMModel
import CRMRecords
import CRMStorage
import TestSupport
import Testing

@testable import CRMPlatform

/// Metadata of a booking that goes from stage to stage, for tests.
enum Booking {
    static let stages = """
        {"field": "status", "steps": [
          {"value": "invited", "start": true, "next": ["reserved", "cancelled"]},
          {"value": "reserved", "start": true, "next": ["confirmed", "cancelled"]},
          {"value": "confirmed", "next": ["closed"], "gates": [
            {"name": "has_area", "condition": "area > 0", "fields": ["area"],
             "message": {"zh-CN": "请先填面积", "zh-TW": "請先填面積", "en": "Give the area first"}},
            {"name": "known_guest", "condition": "guest.is_known = true", "fields": ["guest"],
             "message": {"zh-CN": "客人未核实", "zh-TW": "客人未核實", "en": "The guest is not known"}}]},
          {"value": "closed", "next": []},
          {"value": "cancelled"}]}
        """
    static let dictionary = """
        {"name": "booking_status", "label": "S", "options": [
          {"value": "invited", "label": {"zh-CN": "邀请", "zh-TW": "邀請", "en": "Invited"}},
          {"value": "reserved", "label": {"zh-CN": "预订", "zh-TW": "預訂", "en": "Reserved"}},
          {"value": "confirmed", "label": {"zh-CN": "确认", "zh-TW": "確認", "en": "Confirmed"}},
          {"value": "closed", "label": {"zh-CN": "结束", "zh-TW": "結束", "en": "Closed"}},
          {"value": "cancelled", "label": {"zh-CN": "取消", "zh-TW": "取消", "en": "Cancelled"}}]}
        """

    static func booking(_ stages: String = stages) -> String {
        """
        {"name": "booking", "label": {"zh-CN": "预订单", "zh-TW": "預訂單", "en": "Booking"}, "fields": [
          {"name": "name", "type": "text", "label": "N", "required": true},
          {"name": "status", "type": "picklist", "dictionary": "booking_status", "default": "invited",
           "label": {"zh-CN": "状态", "zh-TW": "狀態", "en": "Status"}},
          {"name": "area", "type": "decimal", "label": "A"}, {"name": "note", "type": "text", "label": "T"},
          {"name": "guest", "type": "reference", "object": "guest", "label": "G"}],
         "stages": \(stages)}
        """
    }

    static let guest = """
        {"name": "guest", "label": "G", "fields": [
          {"name": "name", "type": "text", "label": "N"}, {"name": "is_known", "type": "boolean", "label": "K"},
          {"name": "bookings", "type": "children", "object": "booking", "via": "guest", "label": "B"}]}
        """

    static func files(_ stages: String = stages) -> [String: String] {
        [
            "objects/booking.json": booking(stages), "objects/guest.json": guest,
            "dictionaries/booking_status.json": dictionary,
        ]
    }
}

@Suite("Stages")
struct StageTests {
    private let folder: ScratchFolder
    private let platform: Platform

    init() throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.language = .en
        options.clock = FixedClock()
        platform = try Platform.inMemory(options: options)
    }

    private func install(_ main: String = "", _ files: [String: String] = Booking.files()) throws {
        try platform.installPlugin(.folder(folder.plugin("base", files.merging(["main.lua": main]) { $1 })))
    }

    private func save(_ input: RecordInput, id: Int64? = nil) throws -> Record {
        try platform.write(as: .administrator, origin: .library) { session in
            guard let id else { return try session.create(object("booking"), input).record }
            return try session.update(RecordID(object: object("booking"), number: id), input).record
        }
    }

    private func issues(_ input: RecordInput, id: Int64? = nil) -> [String] {
        refusal { _ = try save(input, id: id) }?.issues.map { $0.message.text(in: .en) } ?? []
    }

    private func script(_ text: String) throws -> [String] {
        let lines = Lines()
        try platform.runScript(text, name: "script.lua", as: .administrator) { lines.append($0) }
        return lines.all
    }

    @Test("a record goes only where its stage allows, and the refusal says what may follow in every language")
    func moves() throws {
        try install()
        let record = try save(["name": "A"])
        #expect(record["status"] == .text("invited"))
        let error = refusal { _ = try save(["status": "closed"], id: record.id) }
        #expect(error?.code == .validationFailed)
        #expect(error?.issues.map(\.field?.rawValue) == ["status"])
        #expect(error?.issues.map(\.code) == ["stage"])
        let texts = Language.allCases.map { error?.issues.first?.message.text(in: $0) }
        #expect(
            texts == [
                "「状态」不能从「邀请」变为「结束」；「邀请」之后可以是：预订、取消",
                "「狀態」不能從「邀請」變為「結束」；「邀請」之後可以是：預訂、取消",
                "Status cannot go from \"Invited\" to \"Closed\"; after \"Invited\" may come: Reserved, Cancelled",
            ]
        )
        #expect(try save(["status": "预订"], id: record.id)["status"] == .text("reserved"))
        #expect(
            issues(["status": ""], id: record.id)
                == ["Status cannot be emptied: it is \"Reserved\"; after it may come: Confirmed, Cancelled"]
        )
        // A step without `next` leads anywhere.
        #expect(try save(["status": "cancelled"], id: record.id)["status"] == .text("cancelled"))
        #expect(try save(["status": "invited"], id: record.id)["status"] == .text("invited"))
        #expect(
            issues(["name": "B", "status": "confirmed", "area": "1"])
                == ["Status cannot begin with \"Confirmed\"; it may begin with: Invited, Reserved"]
        )
        #expect(try save(["name": "C", "status": "reserved"])["status"] == .text("reserved"))
    }

    @Test("gates must be true, not merely unknown; all that fail are told, beside the other problems")
    func gates() throws {
        try install()
        let id = try save(["name": "A", "status": "reserved"]).id
        #expect(issues(["status": "confirmed"], id: id) == ["Give the area first", "The guest is not known"])
        #expect(
            issues(["status": "confirmed", "name": "", "area": "0"], id: id)
                == ["N must not be empty", "Give the area first", "The guest is not known"]
        )
        let guest = try script("print(crm.create('guest', { name = 'G', is_known = true }).id)")
        #expect(issues(["status": "confirmed", "guest": "guest/\(guest[0])"], id: id) == ["Give the area first"])
        let confirmed = try save(["status": "confirmed", "guest": "guest/\(guest[0])", "area": "9"], id: id)
        #expect(confirmed["status"] == .text("confirmed"))
        // The gate is for entering: within the stage the record may lose what it asked for.
        #expect(try save(["area": ""], id: id)["area"] == .null)
        #expect(
            issues(["status": "closed", "name": ""], id: id) == ["N must not be empty"]
        )
        _ = try save(["status": "closed"], id: id)
        #expect(
            issues(["status": "invited"], id: id)
                == ["Status cannot go from \"Closed\" to \"Invited\"; \"Closed\" is a last stage"]
        )
    }

    @Test("gates judge what before_save hooks have computed, and stages what they have set")
    func computed() throws {
        try install(
            """
            crm.on("booking", "before_save", function(rec)
              if rec.note == "big" then rec.area = "20.00" end
              if rec.note == "end" then rec.status = "closed" end
            end)
            """
        )
        let guest = try script("print(crm.create('guest', { name = 'G', is_known = true }).id)")[0]
        let id = try save(["name": "A", "status": "reserved", "guest": "guest/\(guest)"]).id
        #expect(issues(["status": "confirmed"], id: id) == ["Give the area first"])
        #expect(
            issues(["note": "end"], id: id)
                == [
                    "Status cannot go from \"Reserved\" to \"Closed\"; after \"Reserved\" may come: Confirmed, Cancelled"
                ]
        )
        #expect(try save(["status": "confirmed", "note": "big"], id: id)["area"].displayText == "20.00")
    }

    @Test("stage_changed runs in the transaction after after_save, with the stage before and after")
    func event() throws {
        try install(
            """
            crm.on("booking", "stage_changed", function(rec, from, to)
              crm.create("guest", { name = tostring(from) .. ">" .. to .. ":" .. rec.status .. ":" .. rec:old("name") })
              if rec.note == "stop" then crm.reject("no") end
            end)
            crm.on("booking", "after_save", function(rec) crm.create("guest", { name = "saved" }) end)
            """
            .replacing("rec:old(\"name\")", with: "(rec:old(\"name\") or \"new\")")
        )
        let id = try save(["name": "A"]).id
        _ = try save(["area": "1"], id: id)
        _ = try save(["status": "reserved"], id: id)
        #expect(refusal { _ = try save(["status": "cancelled", "note": "stop"], id: id) }?.code == .hookRejected)
        let names = try script("for guest in crm.each('guest', nil, { sort = 'id' }) do print(guest.name) end")
        #expect(
            names == ["saved", "nil>invited:invited:new", "saved", "saved", "invited>reserved:reserved:A"]
        )
    }

    @Test("a hook for stages of an object without them is a mistake that is told with its line")
    func noStages() throws {
        let error = refusal { try install("local x = 1\ncrm.on('guest', 'stage_changed', function() end)") }
        #expect(error?.context.line == 2)
        #expect(error?.text(in: .en).contains("the object 'guest' has no stages") == true)
    }

    @Test("child rows and imports take the same way")
    func otherDoors() throws {
        try install()
        let error = refusal {
            _ = try script(
                "crm.create('guest', { name = 'G', bookings = { { name = 'A' }, { name = 'B', status = 'closed' } } })"
            )
        }
        #expect(error?.text(in: .en).contains("row 2") == true)
        #expect(error?.text(in: .en).contains("cannot begin with \"Closed\"") == true)
        try folder.write("name,status\nA,邀请\nB,结束\nC,reserved\n", to: "in.csv")
        let summary = try platform.importRecords(
            object: object("booking"),
            file: folder.path + "/in.csv",
            as: .administrator
        )
        #expect(summary.created == 2)
        #expect(summary.failed == 1)
    }

    @Test("an explanation shows the move and each gate with its plugin")
    func explained() throws {
        try install()
        let id = try save(["name": "A", "status": "reserved"]).id
        let trace = try platform.explain(as: .administrator, origin: .shell) { session in
            _ = try session.update(
                RecordID(object: object("booking"), number: id),
                ["status": "confirmed", "area": "5"]
            )
        }
        let steps = trace.steps.filter { $0.step == .stages }
        #expect(steps.map(\.rule) == ["", "has_area", "known_guest"])
        #expect(steps.map(\.effect) == ["reserved → confirmed", "", "The guest is not known"])
        #expect(steps.map { $0.plugin?.rawValue } == [nil, "base", "base"])
        #expect(trace.error?.issues.count == 1)
    }

    @Test("another plugin adds gates, and they leave with it")
    func extended() throws {
        try install()
        let extending = try folder.plugin(
            "more",
            [
                "plugin.json": """
                {"id":"more","version":"1.0.0","api":1,"type":"module","title":"more","depends":{"base":"^1.0.0"}}
                """,
                "objects/booking.extend.json": """
                {"extends": "booking",
                 "fields": [{"name": "more_paid", "type": "boolean", "label": "P"}],
                 "stages": {"gates": [{"value": "reserved", "name": "more_is_paid", "condition": "more_paid = true",
                   "message": {"zh-CN": "未付", "zh-TW": "未付", "en": "Not paid"}, "fields": ["more_paid"]}]}}
                """,
            ]
        )
        try platform.installPlugin(.folder(extending))
        let error = refusal { _ = try save(["name": "A", "status": "reserved"]) }
        #expect(error?.issues.map { $0.message.text(in: .en) } == ["Not paid"])
        #expect(error?.issues.map { $0.plugin?.rawValue } == ["more"])
        #expect(try save(["name": "B", "status": "reserved", "more_paid": "是"])["status"] == .text("reserved"))
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "more")))
        #expect(try save(["name": "C", "status": "reserved"])["status"] == .text("reserved"))
    }

    @Test("reports get the stages in their order from crm.stages")
    func listed() throws {
        try install()
        let lines = try script(
            """
            for _, step in ipairs(crm.stages("booking")) do
              print(step.value, step.label, step.start, step.next and table.concat(step.next, "+") or "any")
            end
            """
        )
        #expect(
            lines == [
                "invited\tInvited\ttrue\treserved+cancelled", "reserved\tReserved\ttrue\tconfirmed+cancelled",
                "confirmed\tConfirmed\tfalse\tclosed", "closed\tClosed\tfalse\t", "cancelled\tCancelled\tfalse\tany",
            ]
        )
        #expect(refusal { _ = try script("crm.stages('guest')") }?.text(in: .en).contains("no stages") == true)
    }
}
