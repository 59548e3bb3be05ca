import CRMModel
import CRMRecords
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Objects that other plugins extend")
struct ObjectExtensionTests {
    private let folder: ScratchFolder
    private let platform: Platform

    init() throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.language = .en
        options.clock = FixedClock()
        platform = try Platform.inMemory(options: options)
        let sell = try plugin(
            "sell",
            depends: "{}",
            [
                "objects/customer.json": """
                {"name": "customer", "label": "Customer", "title_field": "name", "fields": [
                  {"name": "code", "type": "auto_number", "code_rule": "customer_code", "label": "Code"},
                  {"name": "name", "type": "text", "required": true, "label": "Name"},
                  {"name": "mobile", "type": "phone", "label": "Mobile"}],
                 "code_rules": [{"name": "customer_code", "field": "code", "pattern": "C{seq:3}"}]}
                """
            ]
        )
        try platform.installPlugin(.folder(sell))
    }

    @discardableResult
    private func plugin(
        _ id: String,
        depends: String = #"{"sell": "^1.0.0"}"#,
        _ files: [String: String]
    ) throws -> String {
        let manifest = """
            {"id":"\(id)","version":"1.0.0","api":1,"type":"module","title":"\(id)","depends":\(depends)}
            """
        return try folder.plugin(id, ["plugin.json": manifest].merging(files) { $1 })
    }

    /// Fields of every kind that an extension brings, and rules over them.
    private func expo(_ extra: String = "") throws -> String {
        try plugin(
            "expo",
            [
                "objects/customer.extend.json": """
                {"extends": "customer", "fields": [
                  {"name": "expo_number", "type": "auto_number", "code_rule": "expo_number", "label": "Number"},
                  {"name": "expo_class", "type": "picklist", "dictionary": "expo_class", "label": "Class",
                   "aliases": ["展品类别", "产品大类"]},
                  {"name": "expo_parent", "type": "reference", "object": "customer", "label": "Main company"},
                  {"name": "expo_area", "type": "decimal", "scale": 1, "label": "Area", "aliases": ["意向面积"]},
                  {"name": "expo_kind", "type": "text", "required": true, "default": "plain", "label": "Kind"},
                  {"name": "expo_tax_number", "type": "text", "label": "Tax number"},
                  {"name": "expo_visits", "type": "children", "object": "expo_visit", "via": "customer", "label": "Visits"}
                  \(extra)],
                 "indexes": [{"fields": ["expo_class", "expo_area"]}],
                 "code_rules": [{"name": "expo_number", "field": "expo_number", "pattern": "E{seq:2}"}],
                 "validation_rules": [{"name": "expo_area_positive", "condition": "expo_area > 0", "message": "Area!",
                   "fields": ["expo_area"]}],
                 "duplicate_rules": [{"name": "expo_tax", "action": "block",
                   "match": [{"field": "expo_tax_number", "normaliser": "exact"}]}]}
                """,
                "objects/expo_visit.json": """
                {"name": "expo_visit", "label": "Visit", "fields": [
                  {"name": "name", "type": "text", "label": "N"},
                  {"name": "customer", "type": "reference", "object": "customer", "on_delete": "cascade", "label": "C"}]}
                """,
                "dictionaries/expo_class.json": """
                {"name": "expo_class", "label": "C", "options": [{"value": "food", "label": "食品"}]}
                """,
                "main.lua": """
                crm.on("customer", "before_save", function(rec)
                  if rec.expo_kind == "hooked" then rec.expo_area = "3.5" end
                end)
                """,
            ]
        )
    }

    private func save(_ input: RecordInput, id: Int64? = nil) throws -> Record {
        try platform.write(as: .administrator, origin: .library) { session in
            guard let id else { return try session.create(object("customer"), input).record }
            return try session.update(RecordID(object: object("customer"), number: id), input).record
        }
    }

    private func read(_ id: Int64) throws -> Record {
        try platform.read(as: .administrator) { session in
            try session.require(RecordID(object: object("customer"), number: id))
        }
    }

    private func uninstall(_ id: String) throws { _ = try platform.uninstallPlugin(#require(PluginID(rawValue: id))) }

    private func issues(_ input: RecordInput) -> [String] {
        refusal { _ = try save(input) }?.issues.map(\.code) ?? []
    }

    @Test("fields of every kind, rules, codes and hooks work as those of the object itself")
    func everyKind() throws {
        try platform.installPlugin(.folder(expo()))
        let main = try save(["name": "Main", "expo_class": "食品", "expo_area": "9", "expo_tax_number": "T1"])
        #expect(main["code"] == .text("C001"))
        #expect(main["expo_number"] == .text("E01"))
        #expect(main["expo_class"] == .text("food"))
        #expect(main["expo_kind"] == .text("plain"))
        let branch = try save(["name": "Branch", "expo_parent": "Main", "expo_kind": "hooked"])
        #expect(branch["expo_parent"] == .integer(main.id))
        #expect(branch["expo_area"].displayText == "3.5")
        #expect(issues(["name": "X", "expo_area": "0"]) == ["rule"])
        #expect(issues(["name": "X", "expo_tax_number": "T1"]) == ["duplicate"])
        #expect(issues(["name": "X", "expo_class": "drink"]) == ["option"])
        let lines = Lines()
        try platform.runScript(
            """
            local made = crm.create("customer", { name = "Parent", expo_visits = { { name = "a" }, { name = "b" } } })
            print(#made.expo_visits, made.expo_visits[2].customer.expo_kind)
            """,
            name: "s.lua",
            as: .administrator
        ) { lines.append($0) }
        #expect(lines.all == ["2\tplain"])
    }

    @Test("headings of an import find the fields by label and alias")
    func imported() throws {
        try platform.installPlugin(.folder(expo()))
        try folder.write("Name,展品类别,意向面积,Tax number\nA,食品,18,X1\nB,food,9.5,\n", to: "in.csv")
        let summary = try platform.importRecords(
            object: object("customer"),
            file: folder.path + "/in.csv",
            as: .administrator
        )
        #expect(summary.created == 2)
        #expect(try read(1)["expo_class"] == .text("food"))
        #expect(try read(2)["expo_area"].displayText == "9.5")
    }

    @Test("a required field that is added later fills records made before with its default, and must not be emptied")
    func requiredLater() throws {
        let old = try save(["name": "Old"])
        try platform.installPlugin(.folder(expo()))
        #expect(try read(old.id)["expo_kind"] == .text("plain"))
        #expect(try save(["mobile": "13900000001"], id: old.id)["expo_kind"] == .text("plain"))
        #expect(try save(["expo_kind": "x"], id: old.id)["expo_kind"] == .text("x"))
        #expect(refusal { _ = try save(["expo_kind": ""], id: old.id) }?.issues.map(\.code) == ["required"])
        #expect(refusal { _ = try save(["name": ""], id: old.id) }?.issues.map(\.code) == ["required"])
    }

    @Test("removing one of two extensions leaves the other whole; it comes back with its data, codes and rules")
    func removed() throws {
        try platform.installPlugin(.folder(expo()))
        try platform.installPlugin(
            .folder(
                plugin(
                    "ship",
                    [
                        "objects/customer.extend.json": """
                        {"extends": "customer", "fields": [
                          {"name": "ship_port", "type": "text", "label": "Port"}],
                         "duplicate_rules": [{"name": "ship_port_once", "action": "block",
                           "match": [{"field": "ship_port", "normaliser": "text"}]}]}
                        """
                    ]
                )
            )
        )
        let record = try save(
            ["name": "A", "expo_area": "9", "expo_tax_number": "T1", "ship_port": "Shanghai", "expo_class": "food"]
        )
        try uninstall("expo")
        let between = try save(["name": "B"], id: record.id)
        #expect(between["ship_port"] == .text("Shanghai"))
        #expect(between.object.fields.contains { $0.name.rawValue == "expo_area" } == false)
        #expect(issues(["name": "C", "ship_port": "shanghai"]) == ["duplicate"])
        #expect(try save(["name": "D", "ship_port": "Ningbo"])["code"] == .text("C002"))
        try platform.installPlugin(.folder(expo()))
        let back = try read(record.id)
        #expect(back["expo_area"].displayText == "9.0")
        #expect(back["expo_number"] == .text("E01"))
        #expect(back["expo_class"] == .text("food"))
        #expect(back["name"] == .text("B"))
        #expect(issues(["name": "C", "expo_tax_number": "T1"]) == ["duplicate"])
        #expect(try save(["name": "E"])["expo_number"] == .text("E02"))
        try uninstall("ship")
        #expect(try save(["name": "F", "expo_area": "1"])["expo_number"] == .text("E03"))
        #expect(try platform.check().isEmpty)
    }

    @Test("what extends a plugin's object or dictionary must name the plugin in depends")
    func undeclared() throws {
        let path = try plugin(
            "loose",
            depends: "{}",
            [
                "objects/customer.extend.json": """
                {"extends": "customer", "fields": [{"name": "loose_x", "type": "text", "label": "X"}]}
                """
            ]
        )
        let error = refusal { try platform.installPlugin(.folder(path)) }
        let text = error?.issues.map { $0.message.text(in: .en) }.joined() ?? ""
        #expect(text.contains("objects/customer.extend.json:1 extends"))
        #expect(text.contains("\"sell\": \"^1.0.0\""))
        #expect(error?.context.plugin?.rawValue == "loose")
    }

    @Test("rules of the same name on one object are told, with the plugin that has the name already")
    func sameRule() throws {
        try platform.installPlugin(.folder(expo()))
        let path = try plugin(
            "twin",
            [
                "objects/customer.extend.json": """
                {"extends": "customer", "duplicate_rules": [
                  {"name": "expo_tax", "match": [{"field": "mobile"}]}]}
                """
            ]
        )
        let text = refusal { try platform.installPlugin(.folder(path)) }?.issues.map { $0.message.text(in: .en) } ?? []
        #expect(text.count == 1)
        #expect(text.first?.contains("customer.extend.json:2 duplicate_rules[0].name") == true, "\(text)")
        #expect(text.first?.contains("\"expo_tax\" is defined already (expo)") == true, "\(text)")
    }

    @Test("a plugin whose dependency is missing is refused by name, and one that others need cannot leave")
    func dependencies() throws {
        let path = try plugin("late", depends: #"{"nowhere": "^2.0.0"}"#, [:])
        let error = refusal { try platform.installPlugin(.folder(path)) }
        #expect(error?.code == .dependencyMissing)
        #expect(
            error?.text(in: .en).contains("\"late\" needs \"nowhere\" ^2.0.0") == true,
            "\(error?.text(in: .en) ?? "")"
        )
        try platform.installPlugin(.folder(expo()))
        let needed = refusal { try uninstall("sell") }
        #expect(needed?.code == .conflict)
        #expect(needed?.text(in: .en).contains("needed by: expo") == true)
    }
}
