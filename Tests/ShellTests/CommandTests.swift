import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

@Suite("The executable")
struct CommandTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        let made = try ShellRun(["new", "t.crm", "--with", "small"], in: folder)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func run(_ arguments: String..., input: String = "", language: String = "zh-CN") throws -> ShellRun {
        try ShellRun(arguments, in: folder, input: input, language: language)
    }

    @Test("wrong command lines end with 64, missing files with 66, and say what to do")
    func wrongCommandLines() throws {
        #expect(try run("find").status == 64)
        #expect(try run("find", "t.crm", "customer", "--limit", "0").status == 64)
        #expect(try run("find", "t.crm", "customer", "--lang", "fr").status == 64)
        let missing = try run("none.crm")
        #expect(missing.status == 66)
        #expect(missing.errors.contains("crm-shell new none.crm"))
        let slip = try run("fid")
        #expect(slip.status == 66)
        #expect(slip.errors.contains("find"))
        #expect(try run("new", "t.crm").status == 73)
        #expect(try run("find", "t.crm", "nobody").status == 66)
    }

    @Test("what begins with a minus is an expression, a text or a limit where it can be no option")
    func minuses() throws {
        #expect(try run("create", "t.crm", "customer", "name=杭州华医 -5").status == 0)
        #expect(try run("find", "t.crm", "customer", "-id < 0").output.contains("杭州华医"))
        #expect(try run("count", "t.crm", "customer", "-1 > 0").output == "0\n")
        #expect(try run("search", "t.crm", "-5").output.contains("杭州华医"))
        for command in [["find", "t.crm", "customer"], ["search", "t.crm", "华医"]] {
            for limit in [["--limit", "-1"], ["--limit=-1"], ["--limit", "0"]] {
                let refused = try ShellRun(command + limit, in: folder, language: "en")
                #expect(refused.status == 64)
                #expect(refused.errors.contains("--limit takes a whole number above 0"), "\(refused.errors)")
            }
            let many = try ShellRun(command + ["--limit", "10001"], in: folder, language: "en")
            #expect(many.status == 64 && many.errors.contains("the limit must be from 1 to 1"), "\(many.errors)")
            let most = try ShellRun(command + ["--limit", "99999999999999999999"], in: folder, language: "en")
            #expect(most.status == 64 && most.errors.contains("99999999999999999999"), "\(most.errors)")
        }
        let option = try run("find", "t.crm", "customer", "-x", language: "en")
        #expect(option.status == 64 && option.errors.contains("-x"))
    }

    @Test("a page cursor of another object, order or condition is refused")
    func cursors() throws {
        for name in ["甲", "乙", "丙"] { _ = try run("create", "t.crm", "customer", "name=\(name)") }
        let page = try run("find", "t.crm", "customer", "id > 0", "--limit", "1", "--json")
        let cursor = try #require(try JSONParser.parse(Array(page.output.utf8))["next"]?.stringValue)
        let next = try run("find", "t.crm", "customer", "id > 0", "--limit", "1", "--after", cursor)
        #expect(next.output.contains("乙") && !next.output.contains("甲"))
        for rest in [[], ["id > 1"], ["id > 0", "--sort", "name"]] {
            let refused = try ShellRun(["find", "t.crm", "customer"] + rest + ["--after", cursor], in: folder)
            #expect(refused.status == 64 && refused.errors.contains("翻页标记属于另一个查询"), "\(rest): \(refused.errors)")
        }
    }

    @Test("a record is made, found, shown, changed and deleted")
    func lifeOfARecord() throws {
        let made = try run("create", "t.crm", "客户", "名称=杭州华医", "等级=重点", "--json")
        #expect(made.status == 0)
        #expect(made.output.contains(#""name":"杭州华医""#))
        #expect(made.output.contains(#""grade":"A""#))
        #expect(try run("count", "t.crm", "customer").output == "1\n")
        #expect(try run("count", "t.crm", "customer", "grade = 'B'").output == "0\n")
        #expect(try run("update", "t.crm", "customer/1", "grade=B", "--version", "1").status == 0)
        #expect(try run("update", "t.crm", "customer/1", "grade=A", "--version", "1").status == 75)
        let shown = try run("show", "t.crm", "客户/1")
        #expect(shown.output.contains("一般 (B)"))
        #expect(try run("delete", "t.crm", "customer/1").status == 0)
        #expect(try run("show", "t.crm", "customer/1").status == 66)
    }

    @Test("a shown record has its children below it: the first ten as their list has them, and how many there are")
    func children() throws {
        let folder = try ShellFolder()
        try folder.write(
            #"{"id": "visits", "version": "1.0.0", "api": 1, "type": "module", "title": "V", "depends": {"small": "^1.0.0"}}"#,
            to: "visits/plugin.json"
        )
        try folder.write(
            """
            {"name": "visit", "label": "拜访", "title_field": "topic", "fields": [
              {"name": "topic", "type": "text", "label": "主题"}, {"name": "hours", "type": "integer", "label": "小时"},
              {"name": "host", "type": "reference", "object": "customer", "label": "客户"}]}
            """,
            to: "visits/objects/visit.json"
        )
        try folder.write(
            """
            {"extends": "customer", "fields": [
              {"name": "visits_done", "type": "children", "object": "visit", "via": "host", "label": "拜访记录"}]}
            """,
            to: "visits/objects/customer.extend.json"
        )
        try folder.write(
            #"{"sections": [{"label": "往来", "fields": ["visits_done"]}]}"#,
            to: "visits/layouts/customer/detail.extend.json"
        )
        try folder.write(
            #"{"columns": ["hours", "topic", "host"], "sort": [{"field": "hours", "descending": true}]}"#,
            to: "visits/layouts/visit/list.json"
        )
        func run(_ arguments: String...) throws -> ShellRun { try ShellRun(arguments, in: folder) }
        try #require(try run("new", "t.crm", "--with", "visits").status == 0)
        _ = try run("create", "t.crm", "customer", "name=甲")
        #expect(try run("show", "t.crm", "customer/1").output.contains("\n\n— 拜访记录 (0) —\n\n"))
        let eleven = "for i = 1, 11 do crm.create('visit', {topic = 't' .. i, hours = i, host = 'customer/1'}) end"
        try folder.write(eleven, to: "eleven.lua")
        try #require(try run("run", "t.crm", "eleven.lua").status == 0)
        let sheet = try run("show", "t.crm", "customer/1").output
        let table = sheet.components(separatedBy: "— 拜访记录 (11) —\n").last ?? ""
        let rows = table.split(separator: "\n").filter { $0.contains("│ t") }
        #expect(rows.count == 10)
        #expect(rows.first == "│   11 │   11 │ t11  │")
        #expect(table.contains("只列出前 10 条；全部：find visit \"host = 'customer/1'\"\n"))
        #expect(!sheet.contains("— 往来 —"))
        let json = try run("show", "t.crm", "customer/1", "--json").output
        #expect(json.contains(#""visits_done":{"count":11,"records":[{"object":"visit","id":11,"#))
        #expect(try run("count", "t.crm", "visit", "host = 'customer/1'").output == "11\n")
    }

    @Test("records are a table whose columns stand right under double-width signs")
    func table() throws {
        _ = try run("create", "t.crm", "customer", "name=杭州华医", "grade=A")
        _ = try run("create", "t.crm", "customer", "name=Acme", "grade=B")
        let expected = """
            ┌──────┬──────────┬──────┐
            │ 编号 │ 名称     │ 等级 │
            ├──────┼──────────┼──────┤
            │    1 │ 杭州华医 │ 重点 │
            │    2 │ Acme     │ 一般 │
            └──────┴──────────┴──────┘
            2 条

            """
        #expect(try run("find", "t.crm", "customer").output == expected)
    }

    @Test("a page as JSON has the records and where the next page begins")
    func page() throws {
        for name in ["a", "b", "c"] { _ = try run("create", "t.crm", "customer", "name=\(name)") }
        let first = try JSONParser.parse(
            Array(try run("find", "t.crm", "customer", "--limit", "2", "--sort", "name desc", "--json").output.utf8)
        )
        let names = first["records"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names == ["c", "b"])
        let next = try #require(first["next"]?.stringValue)
        let second = try run(
            "find",
            "t.crm",
            "customer",
            "--limit",
            "2",
            "--sort",
            "name desc",
            "--json",
            "--after",
            next
        )
        #expect(second.output.contains(#""name":"a""#))
        #expect(second.output.contains(#""next":null"#))
    }

    @Test("errors are JSON on standard error, and standard output stays empty")
    func jsonErrors() throws {
        let failed = try run("create", "t.crm", "customer", "grade=A", "--json")
        #expect(failed.status == 65)
        #expect(failed.output.isEmpty)
        let error = try JSONParser.parse(Array(failed.errors.utf8))["error"]
        #expect(error?["code"]?.stringValue == "validation_failed")
        #expect(error?["issues"]?.arrayValue?.first?["field"]?.stringValue == "name")
        #expect(error?["issues"]?.arrayValue?.first?["code"]?.stringValue == "required")
        #expect(error?["context"]?["object"]?.stringValue == "customer")
    }

    @Test("fields that there are not are all told, as values that cannot be saved", arguments: ["create", "update"])
    func unknownFields(_ command: String) throws {
        try #require(try run("create", "t.crm", "customer", "name=a").status == 0)
        let place = command == "create" ? "customer" : "customer/1"
        let failed = try run(command, "t.crm", place, "name=b", "nmae=x", "grad=A", "--json")
        #expect(failed.status == 65)
        let error = try JSONParser.parse(Array(failed.errors.utf8))["error"]
        #expect(error?["code"]?.stringValue == "validation_failed")
        #expect(error?["issues"]?.arrayValue?.map { $0["code"]?.stringValue } == ["unknown_field", "unknown_field"])
        #expect(error?["issues"]?.arrayValue?.map { $0["field"]?.stringValue } == ["nmae", "grad"])
    }

    @Test("an import that leaves rows out names the file that they are in, or the way to get one")
    func importErrors() throws {
        try folder.write("名称,等级\n甲,重点\n乙,没有\n", to: "in.csv")
        let bare = try run("import", "t.crm", "customer", "in.csv", "--dry-run")
        #expect(bare.status == 65)
        #expect(bare.errors.contains("有 1 行没有导入；用 --errors OUT"))
        let kept = try run("import", "t.crm", "customer", "in.csv", "--errors", "bad.csv")
        #expect(kept.status == 65)
        #expect(kept.errors.contains("有 1 行没有导入，这些行和原因写在 bad.csv"))
        #expect(!kept.errors.contains("--errors"))
        #expect(try folder.read("bad.csv").contains("乙,没有"))
    }

    @Test("messages follow the language")
    func languages() throws {
        #expect(try run("show", "t.crm", "customer/9", language: "en").errors.contains("Error: There is no record"))
        #expect(try run("show", "t.crm", "customer/9", language: "zh-TW").errors.contains("錯誤：沒有記錄"))
        #expect(try run("--help", language: "en").output.contains("Find records"))
    }

    @Test("control characters in values do not reach the terminal")
    func controlCharacters() throws {
        _ = try run("create", "t.crm", "customer", "name=a\u{1B}[31mb")
        let found = try run("find", "t.crm", "customer")
        #expect(!found.output.contains("\u{1B}"))
        #expect(!(try run("show", "t.crm", "customer/1").output.contains("\u{1B}")))
    }

    @Test("explain shows the steps and saves nothing")
    func explain() throws {
        let explained = try run("create", "t.crm", "customer", "name=x", "--explain", "--json")
        #expect(explained.status == 0)
        let steps = try JSONParser.parse(Array(explained.output.utf8))["steps"]?.arrayValue ?? []
        #expect(steps.contains { $0["step"]?.stringValue == "write" })
        #expect(try run("count", "t.crm", "customer").output == "0\n")
        #expect(try run("create", "t.crm", "customer", "grade=A", "--explain").status == 65)
    }

    @Test("explain shows the steps of a deletion, as a command and at the prompt, and deletes nothing")
    func explainDeletion() throws {
        _ = try run("create", "t.crm", "customer", "name=x")
        let explained = try run("delete", "t.crm", "customer/1", "--explain", "--json")
        #expect(explained.status == 0)
        let steps = try JSONParser.parse(Array(explained.output.utf8))["steps"]?.arrayValue ?? []
        #expect(steps.compactMap { $0["step"]?.stringValue } == ["load", "permission", "referrers", "delete"])
        for line in [".explain delete customer/1", ".delete customer/1 --explain"] {
            #expect(try run("t.crm", "-e", line).status == 0)
        }
        #expect(try run("count", "t.crm", "customer").output == "1\n")
        #expect(try run("delete", "t.crm", "customer/7", "--explain").status != 0)
    }

    @Test("a reader that goes away is no error")
    func brokenPipe() throws {
        for number in 1...3 { _ = try run("create", "t.crm", "customer", "name=n\(number)") }
        let shell = Process()
        let errors = Pipe()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = [
            "-c", "for i in 1 2 3; do '\(ShellProcessHandle.executable.path)' find t.crm customer; done | head -n 1",
        ]
        shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        shell.standardOutput = Pipe()
        shell.standardError = errors
        try shell.run()
        #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
    }
}
