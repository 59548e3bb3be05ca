import Foundation
import Testing

/// Reports, prints and commands that two plugins have by one name, at the shell.
@Suite("Full names at the shell")
struct FullNameTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        for (id, object) in [("north", "apple"), ("south", "pear")] {
            for (name, text) in Self.files(id, object) { try folder.write(text, to: "\(id)/\(name)") }
        }
        let made = try ShellRun(["new", "a.crm", "--with", "north,south"], in: folder, language: "en")
        try #require(made.status == 0, "\(made.errors)")
    }

    private static func files(_ id: String, _ object: String) -> [String: String] {
        [
            "plugin.json": #"{"id": "\#(id)", "version": "1.0.0", "api": 2, "type": "module", "title": "\#(id)"}"#,
            "objects/\(object).json": """
            {"name": "\(object)", "label": "\(object)", "title_field": "name",
             "fields": [{"name": "name", "type": "text", "label": "Name"}]}
            """,
            "reports/totals.lua": """
            return { title = "Totals", run = function()
              return { columns = { { name = "a", type = "text", label = "A" } }, rows = { { a = "of \(object)" } } }
            end }
            """,
            "commands/hello.lua": "return { title = 'Hello', run = function() return 'hello \(object)' end }",
            "print/sheet/data.lua": "return { object = '\(object)', title = 'Sheet' }",
            "print/sheet/en.html": "<p>\(object) {{name}}</p>",
        ]
    }

    private func run(_ arguments: String..., input: String? = nil) throws -> ShellRun {
        try ShellRun(arguments, in: folder, input: input ?? "", language: "en")
    }

    @Test("commands and dot commands take full names, and refuse the short one with both")
    func names() throws {
        #expect(try run("report", "a.crm", "south.totals").output.contains("of pear"))
        #expect(try run("command", "a.crm", "north.hello").output == "hello apple\n")
        #expect(try run("create", "a.crm", "pear", "name=x").status == 0)
        #expect(try run("print", "a.crm", "south.sheet", "1").output.contains("<p>pear x</p>"))
        let dotted = try run(
            "open",
            "a.crm",
            input: ".report north.totals\n.run south.hello\n.print south.sheet 1\n.quit\n"
        )
        for words in ["of apple", "hello pear", "<p>pear x</p>"] {
            #expect(dotted.output.contains(words), "\(words): \(dotted.output)\(dotted.errors)")
        }
        for words in [["report", "a.crm", "totals"], ["report", "a.crm", "Totals"]] {
            let refused = try ShellRun(words, in: folder, language: "en")
            #expect(refused.status != 0)
            #expect(
                refused.errors.contains("north.totals") && refused.errors.contains("south.totals"),
                "\(refused.errors)"
            )
        }
        #expect(try run("command", "a.crm", "hello").errors.contains("north.hello (Hello), south.hello (Hello)"))
        #expect(try run("print", "a.crm", "sheet", "1").errors.contains("north.sheet"))
    }

    @Test("lists tell the names to call, also for programs")
    func lists() throws {
        #expect(try run("report", "a.crm").output.contains("north.totals"))
        #expect(try run("command", "a.crm", "--json").output.contains(#""name":"south.hello""#))
        let prints = try run("print", "a.crm", "--json").output
        #expect(prints.contains(#""name":"south.sheet""#) && prints.contains(#""plugin":"south""#), "\(prints)")
        #expect(try run("plugin", "uninstall", "a.crm", "north").status == 0)
        #expect(try run("report", "a.crm", "--json").output.contains(#""name":"totals""#))
        #expect(try run("report", "a.crm", "totals").output.contains("of pear"))
    }
}
