import TestSupport
import Testing

@testable import CRMPlatform

/// A mistake that authors of plugins make, and what the message about it must say.
struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let file: String
    let text: String
    /// What runs after the installation; the mistake shows while installing when nil.
    var script: String?
    let line: Int?
    /// Words of the remedy, in English.
    let says: [String]
    /// Where the message must point, when it is not the file itself.
    var place: String?

    var testDescription: String { name }

    /// A deal whose field "b" is given codes of a pattern, before its field "c".
    private static func coded(_ pattern: String) -> String {
        deal(
            #"    {"name": "b", "type": "auto_number", "label": "B", "code_rule": "r"}, {"name": "c", "type": "auto_number", "label": "C"}"#,
            rules: """
                ,
                  "code_rules": [{"name": "r", "field": "b", "pattern": "\(pattern)"}]
                """
        )
    }

    private static func deal(_ fields: String, rules: String = "") -> String {
        """
        {
          "name": "deal",
          "label": "商机",
          "fields": [
            {"name": "name", "type": "text", "label": "名称"}, {"name": "owner", "type": "reference", "object": "person", "label": "O"},
        \(fields)
          ]\(rules)
        }
        """
    }

    static let all: [Mistake] = [
        Mistake(
            name: "unknown property",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "B", "requird": true}"#),
            line: 6,
            says: ["requird", "required"]
        ),
        Mistake(
            name: "wrong type of a property",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "B", "required": "yes"}"#),
            line: 6,
            says: ["required", "true"]
        ),
        Mistake(
            name: "unknown field type",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "txt", "label": "B"}"#),
            line: 6,
            says: ["txt", "text"]
        ),
        Mistake(
            name: "a way to child rows that is no reference",
            file: "objects/person.json",
            text: """
                {"name": "person", "label": "P", "title_field": "name", "fields": [
                  {"name": "name", "type": "text", "label": "N"},
                  {"name": "deals", "type": "children", "object": "deal", "via": "name", "label": "D"}]}
                """,
            line: 3,
            says: ["fields[1].via", "deal.name", "text", "owner"]
        ),
        Mistake(
            name: "a way to child rows that is a reference to something else",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "children", "label": "B", "object": "deal", "via": "owner"}"#),
            line: 6,
            says: ["deal.owner", "person", "deal"]
        ),
        Mistake(
            name: "a default that nobody could type",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "integer", "label": "B", "default": -9223372036854775808}"#),
            line: 6,
            says: ["default", "-9223372036854775808", "integer"]
        ),
        Mistake(
            name: "a default moment that no field can hold",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "date_time", "label": "B", "default": "9999-12-31T12:00:00Z"}"#),
            line: 6,
            says: ["default", "9999-12-31T12:00:00Z"]
        ),
        Mistake(
            name: "a default outside the limits",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "integer", "label": "B", "min": 1, "default": 0}"#),
            line: 6,
            says: ["default", "min 1"]
        ),
        Mistake(
            name: "a default that a save would keep otherwise",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "B", "default": " x "}"#),
            line: 6,
            says: ["default", "\"x\""]
        ),
        Mistake(
            name: "a default that is too long",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "B", "max_length": 3, "default": "abcd"}"#),
            line: 6,
            says: ["default", "3"]
        ),
        Mistake(
            name: "a default that the pattern refuses",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "B", "pattern": "[A-Z]+", "default": "abc"}"#),
            line: 6,
            says: ["default", "[A-Z]+"]
        ),
        Mistake(
            name: "a default that is no address",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "email", "label": "B", "default": "nobody"}"#),
            line: 6,
            says: ["default", "nobody", "e-mail"]
        ),
        Mistake(
            name: "a default for codes",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "auto_number", "label": "B", "default": "A-1"}"#),
            line: 6,
            says: ["default", "code_rules"]
        ),
        Mistake(
            name: "a limit that is no day",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "date", "label": "B", "min": "2026-02-30"}"#),
            line: 6,
            says: ["fields[2].min", "\"min\"", "2026-02-30", "date"]
        ),
        Mistake(
            name: "limits the wrong way round",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "integer", "label": "B", "min": 5, "max": 1}"#),
            line: 6,
            says: ["fields[2].max", "5", "1"]
        ),
        Mistake(
            name: "a label in no language",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": {}}"#),
            line: 6,
            says: ["fields[2].label", "zh-CN"]
        ),
        Mistake(
            name: "a code made of itself",
            file: "objects/deal.json",
            text: deal(
                #"    {"name": "b", "type": "auto_number", "label": "B", "code_rule": "r"}"#,
                rules: """
                    ,
                      "code_rules": [{"name": "r", "field": "b", "pattern": "{b}{seq:2}"}]
                    """
            ),
            line: 8,
            says: ["pattern", "\"r\"", "\"b\""]
        ),
        Mistake(
            name: "a code made of a later one",
            file: "objects/deal.json",
            text: coded("{c}{seq:2}"),
            line: 8,
            says: ["pattern", "\"r\"", "\"c\"", "after"]
        ),
        Mistake(
            name: "a code made of the number that is not given yet",
            file: "objects/deal.json",
            text: coded("{id}{seq:2}"),
            line: 8,
            says: ["pattern", "\"id\"", "after"]
        ),
        Mistake(
            name: "a code made of a field that the other object does not have",
            file: "objects/deal.json",
            text: coded("{owner.nmae}{seq:2}"),
            line: 8,
            says: ["pattern", "nmae", "name"]
        ),
        Mistake(
            name: "a code made of a field behind one that is no reference",
            file: "objects/deal.json",
            text: coded("{name.x}{seq:2}"),
            line: 8,
            says: ["pattern", "\"name\"", "no reference"]
        ),
        Mistake(
            name: "a code made of child rows",
            file: "objects/deal.json",
            text: coded("{owner.deals}{seq:2}"),
            line: 8,
            says: ["pattern", "\"deals\"", "children"]
        ),
        Mistake(
            name: "a code with a control character",
            file: "objects/deal.json",
            text: coded("A\\u001B{seq:2}"),
            line: 8,
            says: ["pattern", "control characters"]
        ),
        Mistake(
            name: "a code that is too long",
            file: "objects/deal.json",
            text: coded("\(String(repeating: "x", count: 201)){seq:2}"),
            line: 8,
            says: ["pattern", "200"]
        ),
        Mistake(
            name: "a decimal default that nobody could type",
            file: "objects/deal.json",
            text: deal(
                #"    {"name": "b", "type": "decimal", "scale": 3, "label": "B", "default": "-9223372036854775.808"}"#
            ),
            line: 6,
            says: ["default", "-9223372036854775.808"]
        ),
        Mistake(
            name: "half a character",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "\ud800"}"#),
            line: 6,
            says: [#"\ud800"#]
        ),
        Mistake(
            name: "the character NUL",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "a\u0000"}"#),
            line: 6,
            says: [#"\u0000"#]
        ),
        Mistake(
            name: "missing comma",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text" "label": "B"}"#),
            line: 6,
            says: [","]
        ),
        Mistake(
            name: "unknown dictionary",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "picklist", "label": "B", "dictionary": "stgae"}"#),
            line: 6,
            says: ["stgae", "stage"]
        ),
        Mistake(
            name: "reference to an unknown object",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "reference", "label": "B", "object": "prson"}"#),
            line: 6,
            says: ["prson", "person"]
        ),
        Mistake(
            name: "duplicate field",
            file: "objects/deal.json",
            text: deal(#"    {"name": "name", "type": "text", "label": "B"}"#),
            line: 6,
            says: ["name"]
        ),
        Mistake(
            name: "bad expression in a rule",
            file: "objects/deal.json",
            text: deal(
                #"    {"name": "amount", "type": "decimal", "label": "B"}"#,
                rules: """
                    ,
                      "validation_rules": [
                        {"name": "r", "condition": "amuont > 0", "message": "must be positive"}
                      ]
                    """
            ),
            line: 9,
            says: ["amuont", "amount"]
        ),
        Mistake(
            name: "a key twice",
            file: "objects/deal.json",
            text: deal(#"    {"name": "b", "type": "text", "label": "B", "name": "c"}"#),
            line: 6,
            says: ["name"]
        ),
        Mistake(
            name: "Lua that does not parse",
            file: "main.lua",
            text: "local x = 1\ncrm.on('deal', 'before_save', function(rec)\n  rec.name = \nend)",
            line: 4,
            says: ["end"]
        ),
        Mistake(
            name: "misspelt event",
            file: "main.lua",
            text: "\ncrm.on('deal', 'before_svae', function() end)",
            line: 2,
            says: ["before_svae", "before_save"]
        ),
        Mistake(
            name: "misspelt object",
            file: "main.lua",
            text: "crm.on('dael', 'before_save', function() end)",
            line: 1,
            says: ["dael", "deal"]
        ),
        Mistake(
            name: "wrong argument",
            file: "main.lua",
            text: "\n\ncrm.on('deal', 'before_save', 'handler')",
            line: 3,
            says: ["function", "string"]
        ),
        Mistake(
            name: "unknown function",
            file: "main.lua",
            text: "crm.onn('deal', 'before_save', function() end)",
            line: 1,
            says: ["onn"]
        ),
        Mistake(
            name: "module that is not there",
            file: "main.lua",
            text: "require('hooks.dael')",
            line: 1,
            says: ["hooks.dael"]
        ),
        Mistake(
            name: "records while loading",
            file: "main.lua",
            text: "\nlocal n = crm.count('deal')",
            line: 2,
            says: ["hook"]
        ),
        Mistake(
            name: "print template without a page",
            file: "main.lua",
            text: "crm.print_template{name = 'sheet', object = 'deal', title = 'Sheet'}",
            line: nil,
            says: ["print/sheet/zh-CN.html"],
            place: "print/sheet"
        ),
        Mistake(
            name: "template that does not close",
            file: "print/sheet/zh-CN.html",
            text: "<p>\n{{#lines}}\n</p>",
            line: 2,
            says: ["lines"]
        ),
        Mistake(
            name: "misspelt field in a hook",
            file: "main.lua",
            text: "crm.on('deal', 'before_save', function(rec)\n  rec.nmae = 'x'\nend)",
            script: "crm.create('deal', {name = 'a'})",
            line: 2,
            says: ["nmae", "name"]
        ),
        Mistake(
            name: "value of the wrong kind in a hook",
            file: "main.lua",
            text: "crm.on('deal', 'before_save', function(rec)\n  rec.quantity = 'many'\nend)",
            script: "crm.create('deal', {name = 'a'})",
            line: 2,
            says: ["many"]
        ),
        Mistake(
            name: "bad condition in a hook",
            file: "main.lua",
            text: "crm.on('deal', 'before_save', function(rec)\n\n  crm.find('deal', 'name = = 1')\nend)",
            script: "crm.create('deal', {name = 'a'})",
            line: 3,
            says: ["name = = 1"]
        ),
        Mistake(
            name: "report that gives no columns",
            file: "main.lua",
            text: "crm.report{name = 'r', title = 'R', run = function() return {rows = {}} end}",
            script: "report",
            line: nil,
            says: ["columns"]
        ),
    ]
}

@Suite("Mistakes of authors of plugins")
struct MistakeTests {
    @Test("a mistake gets a message with its file, its line and the way to mend it", arguments: Mistake.all)
    func message(_ mistake: Mistake) throws {
        let company = try ScriptCompany()
        let files = ScriptCompany.metadata.merging([mistake.file: mistake.text]) { $1 }
        let folder = try company.folder.plugin("demo", files)
        let problem: PlatformError?
        if let script = mistake.script {
            try company.platform.installPlugin(.folder(folder))
            problem = refusal {
                if script == "report" {
                    _ = try company.platform.runReport("r", as: .administrator)
                } else {
                    try company.run(script)
                }
            }
        } else {
            let problems = Platform.checkPlugin(folder: folder)
            #expect(problems.count == 1)
            problem = problems.first
            if mistake.place == nil, !mistake.file.hasPrefix("print/") {
                // Installing says the same, and leaves the plugin as it was.
                let refused = refusal { try company.platform.installPlugin(.folder(folder)) }
                #expect(refused?.context.line == mistake.line)
                #expect(try company.run("print(crm.create('deal', {name = 'a'}).code)") == ["D-0001"])
            }
        }
        let text = problem?.text(in: .en) ?? "no problem found"
        #expect(problem?.context.plugin?.rawValue == "demo", "\(text)")
        if mistake.script != "report" {
            #expect(problem?.context.file == mistake.place ?? mistake.file, "\(text)")
            #expect(problem?.context.line == mistake.line, "\(text)")
        }
        for word in mistake.says { #expect(text.contains(word), "\(text)") }
    }

    @Test("several mistakes are told at once, each with its line")
    func several() throws {
        let object = """
            {"name": "deal", "lable": "商机", "fields": [
              {"name": "a", "type": "text", "label": "A", "max": 1},
              {"name": "B", "type": "text", "label": "B"},
              {"name": "c", "type": "integr", "label": "C"}]}
            """
        let folder = try ScratchFolder()
        let problems = Platform.checkPlugin(folder: try folder.plugin("demo", ["objects/deal.json": object]))
        let lines = problems.flatMap(\.issues).map { $0.message.text(in: .en) }
        for line in 1...4 { #expect(lines.contains { $0.hasPrefix("objects/deal.json:\(line) ") }, "\(lines)") }
    }
}
