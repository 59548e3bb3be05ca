import CRMModel
import TestSupport
import Testing

@testable import CRMPlatform

/// Reports, prints and commands that two plugins offer by one name.
@Suite("Offers of one name")
struct SameNameTests {
    private let scratch: ScratchFolder
    private let platform: Platform

    init() throws {
        scratch = try ScratchFolder()
        var options = PlatformOptions()
        options.language = .en
        platform = try Platform.inMemory(options: options)
        for (id, object) in [("first", "apple"), ("acme.second", "pear")] {
            try platform.installPlugin(.folder(scratch.plugin(id, Self.files(id, object))))
        }
    }

    private static func files(_ id: String, _ object: String) -> [String: String] {
        [
            "plugin.json": #"{"id":"\#(id)","version":"1.0.0","api":2,"type":"module","title":"\#(id)"}"#,
            "objects/\(object).json": """
            {"name": "\(object)", "label": "\(object)", "fields": [{"name": "name", "type": "text", "label": "N"}]}
            """,
            "reports/totals.lua": """
            return { title = "Totals of \(id)", run = function()
              return { columns = { { name = "of", type = "text", label = "Of" } }, rows = { { of = "\(object)" } } }
            end }
            """,
            "reports/\(object)s.lua": """
            return { title = "Same", run = function()
              return { columns = { { name = "a", type = "text", label = "A" } }, rows = {} }
            end }
            """,
            "commands/hello.lua": "return { run = function() return '\(object)' end }",
            "print/sheet/data.lua": "return { object = '\(object)', title = 'Sheet' }",
            "print/sheet/en.html": "<p>\(object): {{name}}</p>",
        ]
    }

    private func said(_ name: String) throws -> String? {
        guard case .text(let text) = try platform.runCommand(name, as: .administrator, output: { _ in }) else {
            return nil
        }
        return text.text(in: .en)
    }

    @Test("each is reached by plugin and name, and nothing changes for names that one plugin has")
    func full() throws {
        #expect(try platform.runReport("first.totals", as: .administrator).rows == [[.text("apple")]])
        #expect(try platform.runReport("acme.second.totals", as: .administrator).rows == [[.text("pear")]])
        #expect(try platform.runReport("apples", as: .administrator).title.text(in: .en) == "Same")
        #expect(try platform.runReport("first.apples", as: .administrator).title.text(in: .en) == "Same")
        #expect(try said("first.hello") == "apple")
        #expect(try said("acme.second.hello") == "pear")
        for (plugin, object) in [("first", "apple"), ("acme.second", "pear")] {
            try platform.runScript("crm.create('\(object)', { name = 'x' })", name: "s", as: .administrator) { _ in }
            let id = try #require(RecordID("\(object)/1"))
            let page = try platform.printRecord(
                template: "\(plugin).sheet",
                record: id,
                language: .en,
                as: .administrator
            )
            #expect(page.text.contains("<p>\(object): x</p>"))
        }
    }

    @Test("the short name is refused with both full names, and so is a title that two have")
    func ambiguous() throws {
        let id = try #require(RecordID("apple/1"))
        let errors = [
            refusal { try platform.runReport("totals", as: .administrator) },
            refusal { try said("hello") },
            refusal { try platform.printRecord(template: "sheet", record: id, language: .en, as: .administrator) },
            refusal { try platform.printRecord(template: "Sheet", record: id, language: .en, as: .administrator) },
        ]
        for (error, name) in zip(errors, ["totals", "hello", "sheet", "sheet"]) {
            #expect(error?.code == .invalidInput)
            let text = error?.text(in: .en) ?? ""
            #expect(text.contains("first.\(name)") && text.contains("acme.second.\(name)"), "\(text)")
        }
        let same = refusal { try platform.runReport("Same", as: .administrator) }?.text(in: .en) ?? ""
        #expect(same.contains("first.apples") && same.contains("acme.second.pears"), "\(same)")
        for language in Language.allCases {
            #expect(errors.allSatisfy { $0?.text(in: language).contains("first.") == true })
        }
    }

    @Test("lists show the name by which each is called, and so do errors about names that are not there")
    func lists() throws {
        // In the order of the plugins, then of their files.
        #expect(
            try platform.reports.map(\.callName) == ["pears", "acme.second.totals", "apples", "first.totals"]
        )
        #expect(try platform.commands.map(\.callName) == ["acme.second.hello", "first.hello"])
        #expect(try platform.printTemplates.map(\.callName) == ["acme.second.sheet", "first.sheet"])
        let error = refusal { try platform.runReport("nothing", as: .administrator) }
        #expect(error?.code == .notFound)
        #expect(error?.text(in: .en).contains("first.totals") == true)
    }

    @Test("when one of the plugins goes, the short name is the other's again")
    func leaving() throws {
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "acme.second")))
        #expect(try platform.runReport("totals", as: .administrator).rows == [[.text("apple")]])
        #expect(try platform.reports.map(\.callName) == ["apples", "totals"])
        #expect(refusal { try platform.runReport("acme.second.totals", as: .administrator) }?.code == .notFound)
    }

    @Test("a plugin that comes with a name that is there says so in its plan")
    func plan() throws {
        var files = Self.files("third", "plum")
        files["reports/apples.lua"] = files["reports/plums.lua"]
        let steps = try platform.planInstall(.folder(scratch.plugin("third", files))).map { $0.text(in: .en) }
        #expect(
            steps.contains(
                "The report \"apples\" is there more than once from now on; call it by its full name: first.apples, third.apples"
            ),
            "\(steps)"
        )
        #expect(!steps.contains { $0.contains("plums") && $0.contains("full name") })
    }
}
