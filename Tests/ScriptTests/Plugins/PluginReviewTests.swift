import TestSupport
import Testing

@testable import CRMPlatform

/// What a check of a plugin finds, and what an installation refuses with it.
@Suite("Plugins looked over")
struct PluginReviewTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private static let thing = """
        {"name": "thing", "label": {"zh-CN": "物件", "zh-TW": "物件", "en": "Thing"}, "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"}, "required": true}]}
        """

    private func review(_ files: [String: String]) throws -> (problems: [String], warnings: [String]) {
        let all = ["objects/thing.json": Self.thing].merging(files) { $1 }
        let found = Platform.reviewPlugin(folder: try scratch.plugin("demo", all))
        return (found.problems.map { $0.text(in: .en) }, found.warnings.map { $0.text(in: .en) })
    }

    @Test(
        "names of nothing are found without running them, with the nearest name",
        arguments: [
            ("local function f() return crm.aggregat('thing', {}) end", "crm.aggregat. Did you mean aggregate?"),
            ("local function f() return crm.find('thign') end", "\"thign\""),
            ("local function f() return crm.get('thign/1') end", "\"thign\""),
            ("local function f() return crm.plugin.settings.slow_day end", "crm.plugin.settings.slow_day"),
            ("local function f() return crm.t('no_such_text') end", "\"no_such_text\""),
            ("local function f() return tostrin(1) end", "defines \"tostrin\""),
        ]
    )
    func names(_ main: String, _ expected: String) throws {
        let found = try review(["main.lua": main])
        #expect(found.problems.count == 1 && found.problems[0].contains(expected), "\(found.problems)")
    }

    @Test("fields that the detail layout of their own object leaves out are named, in one warning")
    func hiddenFields() throws {
        let thing = Self.thing.replacing(
            #""required": true}]"#,
            with: #""required": true}, {"name": "size", "type": "integer", "label": {"zh-CN": "大小", "en": "Size"}}]"#
        )
        let layout = #"{"sections": [{"label": "S", "fields": ["name"]}]}"#
        let found = try review(["objects/thing.json": thing, "layouts/thing/detail.json": layout])
        #expect(found.problems.isEmpty)
        #expect(found.warnings.count == 1 && found.warnings[0].contains("size (Size)"), "\(found.warnings)")
        let whole = try review([
            "objects/thing.json": thing,
            "layouts/thing/detail.json": layout.replacing("\"name\"]", with: "\"name\", \"size\"]"),
        ])
        #expect(whole.warnings.isEmpty, "\(whole.warnings)")
    }

    @Test("mistakes of metadata are told beside those of code")
    func metadataBesideCode() throws {
        let found = try review([
            "main.lua": "local x = = 1",
            "layouts/thing/detail.json": #"{"sections": [{"label": "S", "fields": ["nam"]}]}"#,
        ])
        #expect(found.problems.count == 2, "\(found.problems)")
        #expect(found.problems.contains { $0.contains("nam") }, "\(found.problems)")
    }

    @Test("code that is right gives nothing, whatever stands in comments and texts")
    func nothing() throws {
        let main = """
            -- crm.aggregat(1)
            local text = "crm.find('thign')" .. [[ crm.nothing ]]
            local function sum(...)
              local total <const> = 0
              local last
              for _, item in ipairs({ ... }) do last = item end
              return total, last, text, { key = 1, other = crm.date.today }
            end
            return sum
            """
        let found = try review(["main.lua": main])
        #expect(found.problems.isEmpty && found.warnings.isEmpty, "\(found)")
    }

    @Test("labels that stand twice, unused dictionaries and files, and missing rules are warned of and stop nothing")
    func warnings() throws {
        let twin = """
            {"name": "twin", "label": {"zh-CN": "物件", "en": "Twin"}, "fields": [
              {"name": "code", "type": "auto_number", "label": {"zh-CN": "编号", "en": "Code"}},
              {"name": "first", "type": "text", "label": {"zh-CN": "甲", "en": "One"}},
              {"name": "second", "type": "text", "label": {"zh-CN": "乙", "en": "One"}}]}
            """
        let unused =
            #"{"name": "unused", "label": "词", "options": [{"value": "a", "label": "同"}, {"value": "b", "label": "同"}]}"#
        let found = try review([
            "objects/twin.json": twin, "dictionaries/unused.json": unused, "main.lua": "", "hooks/lonely.lua": "",
            "locales/zh-CN.json": #"{"a": "甲", "b": "乙"}"#, "locales/en.json": #"{"a": "A"}"#,
        ])
        #expect(found.problems == [])
        for part in [
            "the objects thing and twin", "the fields first and second", "like the platform's id", "no title field",
            "nothing gives codes", "no field uses the dictionary", "the options a and b", "hooks/lonely.lua never runs",
            "another language has: b",
        ] {
            #expect(found.warnings.contains { $0.contains(part) }, "\(part): \(found.warnings)")
        }
        try Platform.inMemory(options: PlatformOptions()).installPlugin(.folder(scratch.path + "/demo"))
    }

    @Test(
        "broken texts, scripts and paths are refused by an installation as by a check",
        arguments: [
            ["locales/en.json": "garbage"], ["locales/en.json": ""], ["locales/en.json": #"{"a": 1}"#],
            ["locales/fr.json": "{}"], ["hooks/a.lua": "local ="], ["print/page/zh-CN.html": "{{#a}}"],
        ]
    )
    func oneRoad(_ files: [String: String]) throws {
        let found = try review(files)
        #expect(found.problems.count == 1)
        let error = refusal {
            try Platform.inMemory(options: PlatformOptions()).installPlugin(.folder(scratch.path + "/demo"))
        }
        #expect(error.map { [$0.text(in: .en)] } == found.problems)
    }

    @Test("two reports of one name in a plugin are refused, and code rules of one field in two; the first goes on")
    func sameNames() throws {
        let platform = try Platform.inMemory(options: PlatformOptions())
        let object = Self.thing.replacing(
            "}]}",
            with: #"}, {"name": "code", "type": "auto_number", "label": "C"}]}"#
        )
        let code = "crm.code_rule('thing', 'code', function(_, next) return 'T' .. next('all') end)"
        try platform.installPlugin(
            .folder(scratch.plugin("first", ["objects/thing.json": object, "main.lua": code]))
        )
        let manifest = """
            {"id":"second","version":"1.0.0","api":1,"type":"module","title":"S","depends":{"first":"*"}}
            """
        let rules = refusal {
            try platform.installPlugin(.folder(scratch.plugin("second", ["plugin.json": manifest, "main.lua": code])))
        }
        let told = rules?.issues.first?.message.text(in: .en)
        #expect(told?.contains("\"thing.code\" is registered by first and by second") == true)
        let report = "crm.report{name = 'totals', title = 'T', run = function() return {columns = {}, rows = {}} end}\n"
        let reports = refusal {
            try platform.installPlugin(.folder(scratch.plugin("third", ["main.lua": report + report])))
        }
        #expect(
            reports?.issues.first?.message.text(in: .en).contains("third registers the report \"totals\" twice") == true
        )
        let plugins = try platform.plugins
        #expect(plugins.map(\.id.rawValue) == ["first"])
    }

    @Test("an object whose name is taken is a mistake of the plugin that comes anew, whatever the order")
    func takenName() throws {
        let platform = try Platform.inMemory(options: PlatformOptions())
        try platform.installPlugin(.folder(scratch.plugin("zoo", ["objects/thing.json": Self.thing])))
        let error = refusal {
            try platform.installPlugin(.folder(scratch.plugin("apes", ["objects/thing.json": Self.thing])))
        }
        #expect(error?.context.plugin?.rawValue == "apes")
        #expect(error?.issues.count == 1)
        #expect(error?.issues.first?.message.text(in: .en).contains("(zoo)") == true)
    }

    @Test(
        "names of the platform's own are told as such",
        arguments: [
            (#"{"name": "crm_lead", "label": "L", "fields": []}"#, "crm_lead", "crm_…"),
            (#"{"name": "user", "label": "L", "fields": []}"#, "user", "role"),
            (
                #"{"name": "a", "label": "L", "fields": [{"name": "version", "type": "text", "label": "V"}]}"#, "a",
                "platform's own"
            ),
            (
                #"{"name": "a", "label": "L", "fields": [{"name": "in", "type": "text", "label": "V"}]}"#, "a",
                "expression language"
            ),
        ]
    )
    func reserved(_ object: String, _ name: String, _ word: String) throws {
        let found = try review(["objects/\(name).json": object])
        #expect(found.problems.joined().contains(word), "\(found.problems)")
    }

    @Test("settings have bounds and choices, and are called settings")
    func settings() throws {
        let manifest = """
            {"id": "demo", "version": "1.0.0", "api": 1, "type": "module", "title": "D", "settings": {
              "days": {"type": "integer", "default": 30, "min": 0, "max": 365, "description": "天数"},
              "mode": {"type": "text", "default": "a", "choices": ["a", "b"], "description": "方式"}}}
            """
        let platform = try Platform.inMemory(options: PlatformOptions())
        try platform.installPlugin(.folder(scratch.plugin("demo", ["plugin.json": manifest])))
        let id = try #require(PluginID(rawValue: "demo"))
        let error = refusal { try platform.setSettings(["days": "-60", "mode": "c"], of: id) }
        #expect(error?.text(in: .zhCN).contains("设置") == true)
        #expect(
            error?.issues.map { $0.message.text(in: .en) } == [
                "天数 (days) must not be less than 0", "方式 (mode) must be one of: a, b",
            ]
        )
        let unknown = refusal { try platform.setSettings(["dyas": "1"], of: id) }
        #expect(unknown?.text(in: .zhCN).contains("没有设置「dyas」") == true)
        try platform.setSettings(["days": "0", "mode": "b"], of: id)
        let wrong = manifest.replacing("\"default\": 30", with: "\"default\": 400")
        #expect(refusal { try platform.installPlugin(.folder(scratch.plugin("demo", ["plugin.json": wrong]))) } != nil)
    }

    @Test(
        "what does nothing is refused",
        arguments: [#""type": "locale""#, #""type": "module", "capabilities": ["system"]"#]
    )
    func nothingDone(_ property: String) throws {
        let manifest = #"{"id": "demo", "version": "1.0.0", "api": 1, "title": "D", \#(property)}"#
        #expect(try review(["plugin.json": manifest]).problems.count == 1)
    }

    @Test("a plan tells labels, properties, rules, options and code besides the tables")
    func plan() throws {
        let platform = try Platform.inMemory(options: PlatformOptions())
        try platform.installPlugin(.folder(scratch.plugin("demo", ["objects/thing.json": Self.thing, "main.lua": ""])))
        let changed = Self.thing.replacing("\"Thing\"", with: "\"Item\"").replacing(", \"required\": true", with: "")
            .replacing(
                "}]}",
                with:
                    "}], \"validation_rules\": [{\"name\": \"r\", \"condition\": \"name <> 'x'\", \"message\": \"m\"}]}"
            )
        let steps = try platform.planInstall(
            .folder(scratch.plugin("demo", ["objects/thing.json": changed, "main.lua": "-- new"]))
        ).map { $0.text(in: .en) }
        #expect(steps.contains("thing: change label from \"Thing\" to \"Item\""))
        #expect(steps.contains("thing.name: change required from \"true\" to \"false\""))
        #expect(steps.contains("thing: add the validation rule \"r\""))
        #expect(steps.contains { $0.contains("changed main.lua") })
        #expect(steps.contains { $0.contains("still has the version 1.0.0") })
    }
}
