import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

@Suite("Records in the shell: names, order, forms")
struct RecordNamingTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShopPlugin.company()
        for name in ["甲", "乙", "丙", "丙"] {
            try #require(try ShellRun(["create", "t.crm", "buyer", "name=\(name)"], in: folder).status == 0)
        }
    }

    private func run(_ arguments: String..., input: String = "", language: String = "zh-CN") throws -> ShellRun {
        try ShellRun(arguments, in: folder, input: input, language: language)
    }

    private func codes(_ text: String) -> [String] {
        text.matches(of: /B-00\d/).map { String($0.output) }
    }

    @Test("whoever asks for no order gets that of the list layout, through every door")
    func order() throws {
        let expected = ["B-004", "B-003", "B-002", "B-001"]
        #expect(codes(try run("find", "t.crm", "buyer").output) == expected)
        #expect(codes(try run("find", "t.crm", "buyer", "--json").output) == expected)
        #expect(codes(try run("find", "t.crm", "buyer", "--block", "--fields", "code").output) == expected)
        #expect(codes(try run("t.crm", input: ".find buyer\n").output) == expected)
        #expect(codes(try run("export", "t.crm", "buyer").output) == expected)
        #expect(codes(try run("export", "t.crm", "buyer", "--format", "json").output) == expected)
        #expect(codes(try run("find", "t.crm", "buyer", "--sort", "code").output) == expected.reversed())
        let first = try JSONParser.parse(try run("find", "t.crm", "buyer", "--limit", "3", "--json").output)
        let next = try #require(first["next"]?.stringValue)
        #expect(codes(try run("find", "t.crm", "buyer", "--limit", "3", "--after", next).output) == ["B-001"])
    }

    @Test("a record goes by its number, its code and its title, in every command that takes one")
    func names() throws {
        for name in ["buyer/2", "买家/2", "buyer/B-002", "buyer/乙", "买家/B-002"] {
            #expect(try run("show", "t.crm", name).output.contains("买家 buyer/2  乙"), "\(name)")
        }
        #expect(try run("update", "t.crm", "buyer/B-002", "街道=中山路").status == 0)
        #expect(try run("history", "t.crm", "buyer/乙").output.contains("中山路"))
        #expect(try run("t.crm", input: ".show buyer/B-002\n").output.contains("中山路"))
        #expect(try run("delete", "t.crm", "buyer/B-002").output.contains("buyer/2"))
        #expect(try run("show", "t.crm", "buyer/2").status == 66)
    }

    @Test("a title that means several records is refused with those that it may mean")
    func ambiguous() throws {
        let refused = try run("delete", "t.crm", "buyer/丙")
        #expect(refused.status == 64)
        #expect(refused.errors.contains("buyer/3 B-003 丙，buyer/4 B-004 丙"))
        #expect(try run("count", "t.crm", "buyer").output == "4\n")
        let missing = try run("show", "t.crm", "buyer/丁", language: "en")
        #expect(missing.status == 66)
        #expect(missing.errors.contains("no Buyer \"丁\""))
        #expect(try run("show", "t.crm", "42").status == 64)
    }

    @Test("a new record needs no assignment when nothing must be given, and a save that changes nothing says so")
    func saves() throws {
        #expect(try run("create", "t.crm", "bill").output.hasPrefix("已新建 bill/1  其他"))
        #expect(try run("create", "t.crm", "buyer").errors.contains("「名称」不能为空"))
        #expect(try run("update", "t.crm", "buyer/1", "名称=甲").output == "没有变化：buyer/1  甲（版本 1）\n")
        #expect(try run("update", "t.crm", "buyer/1", "名称=甲甲").output == "已更新 buyer/1  甲甲（版本 2）\n")
        #expect(try run("update", "t.crm", "buyer/1").status == 64)
    }

    @Test("one record is one record, and a percentage has its sign once")
    func words() throws {
        #expect(try run("find", "t.crm", "buyer", "code = 'B-001'", language: "en").output.hasSuffix("\n1 record\n"))
        #expect(try run("find", "t.crm", "buyer", language: "en").output.hasSuffix("\n4 records\n"))
        _ = try run("update", "t.crm", "buyer/1", "discount=5")
        let sheet = try run("show", "t.crm", "buyer/1").output
        #expect(sheet.contains("折扣(%)") && sheet.contains(" 5.00\n") && !sheet.contains("5.00%"))
        #expect(!(try run("find", "t.crm", "buyer").output.contains("5.00%")))
    }

    @Test("what was typed never looks like a line of the shell's, and hidden signs are escaped in JSON too")
    func forgedLines() throws {
        let made = try run("create", "t.crm", "buyer", "name=戊\n已删除 buyer/1\u{202E}")
        #expect(made.output == "已新建 buyer/5  戊\\n已删除 buyer/1\\u{202E}\n")
        let found = try run("find", "t.crm", "buyer", "--fields", "name", "--json").output
        #expect(found.contains(#"戊\n已删除 buyer/1\u202e"#))
        #expect(found.split(separator: "\n").count == 1)
        let json = try JSONParser.parse(found)
        #expect(json["records"]?.arrayValue?.first?["name"]?.stringValue == "戊\n已删除 buyer/1\u{202E}")
        let refused = try run("create", "t.crm", "buyer", "name=己", "等级=x\n已删除 buyer/1")
        #expect(refused.status == 65)
        #expect(
            refused.errors.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("  ") },
            "\(refused.errors)"
        )
        try folder.write("error('坏了\\n已删除 buyer/1')", to: "bad.lua")
        let stopped = try run("run", "t.crm", "bad.lua").errors.split(separator: "\n")
        #expect(stopped.contains { $0.contains("已删除 buyer/1") })
        #expect(!stopped.contains { $0.hasPrefix("已删除") })
        try folder.write("名称,等级\n\"庚\n已删除 buyer/1\",x\n", to: "in.csv")
        let imported = try run("import", "t.crm", "buyer", "in.csv")
        #expect(!(imported.output + imported.errors).split(separator: "\n").contains { $0.hasPrefix("已删除") })
        #expect(try run("search", "t.crm", "戊").output.contains("戊\\n已删除 buyer/1\\u{202E}"))
    }

    @Test("the history says who wrote what, when and through which door, in words and for programs")
    func history() throws {
        _ = try run("update", "t.crm", "buyer/1", "等级=一般", "介绍人=buyer/2")
        let shown = try run("history", "t.crm", "buyer/1").output
        let line = try #require(shown.split(separator: "\n").first { $0.contains("修改") })
        for word in ["管理员", "命令行", "等级", "重点 (A)", "一般 (B)"] { #expect(line.contains(word), "\(line)") }
        #expect(shown.contains("乙 (buyer/2)"))
        let json = try JSONParser.parse(try run("history", "t.crm", "buyer/1", "--json").output)
        let last = try #require(json["entries"]?.arrayValue?.last)
        #expect(last["action"]?.stringValue == "update" && last["origin"]?.stringValue == "shell")
        let change = try #require(last["changes"]?.arrayValue?.first)
        #expect(change["field"]?.stringValue == "grade" && change["label"]?.stringValue == "等级")
        #expect(change["old"]?.stringValue == "A" && change["new"]?.stringValue == "B")
        _ = try run("delete", "t.crm", "buyer/1")
        let gone = try run("history", "t.crm", "buyer/1").output
        #expect(gone.contains("删除") && gone.hasPrefix("buyer/1 甲\n"))
        let deleted = try JSONParser.parse(try run("history", "t.crm", "buyer/1", "--json").output)
        #expect(deleted["title"]?.stringValue == "甲")
        #expect(try run("history", "t.crm", "buyer/99").status == 66)
    }

    @Test("who made a record is told by name, and as a number to programs")
    func creator() throws {
        let line = try #require(
            try run("show", "t.crm", "buyer/1").output.split(separator: "\n").first { $0.contains("创建人") }
        )
        #expect(line.contains("管理员") && !line.contains("1"))
        #expect(try run("find", "t.crm", "buyer", "--fields", "created_by").output.contains("管理员"))
        let json = try JSONParser.parse(try run("show", "t.crm", "buyer/1", "--json").output)
        #expect(json["created_by"]?.integerValue == 1 || json["fields"]?["created_by"]?.integerValue == 1)
    }

    @Test("plugins are made, looked over and tested at the prompt as on the command line")
    func pluginsAtThePrompt() throws {
        let lines = """
            .plugin new mine -o made
            .plugin check made/mine
            .plugin test made/mine --filter numbered
            .doctor
            .stubs -o meta
            """
        let all = try run("t.crm", input: lines + "\n", language: "en")
        #expect(all.output.contains("made") && all.output.contains("mine/plugin.json"))
        #expect(all.output.contains("✓ samples are numbered through the year"))
        #expect(all.output.contains("SQLite") && all.output.contains("meta/crm.lua"))
        let reserved = try run("t.crm", input: ".plugin new console -o made\n", language: "en")
        #expect(reserved.status == 64 && reserved.errors.contains("console"))
        #expect(try run("t.crm", input: ".plugin frobnicate x\n").errors.contains("frobnicate"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/made/console"))
    }

    @Test("the changes of a rehearsal are told with labels and readable values")
    func diff() throws {
        let shown = try run("t.crm", input: ".begin\n.update buyer/1 等级=B\n.diff\n").output
        let line = try #require(shown.split(separator: "\n").first { $0.contains("buyer/1 甲") && $0.contains("│") })
        for word in ["修改", "等级", "重点 (A)", "一般 (B)"] { #expect(line.contains(word), "\(line)") }
    }

    @Test("describe as JSON has everything that a form or an import needs")
    func describeJSON() throws {
        let json = try JSONParser.parse(try run("describe", "t.crm", "buyer", "--json").output)
        func field(_ name: String) throws -> JSONValue {
            try #require(json["fields"]?.arrayValue?.first { $0["name"]?.stringValue == name })
        }
        #expect(try field("name")["aliases"]?.arrayValue == ["抬头"])
        let grade = try field("grade")
        #expect(grade["type"]?.stringValue == "picklist" && grade["dictionary"]?.stringValue == "grade")
        #expect(grade["default"]?.stringValue == "A" && grade["help"]?.stringValue == "越好越靠前")
        #expect(grade["options"]?.arrayValue?.first?["colour"]?.stringValue == "#d32f2f")
        #expect(grade["options"]?.arrayValue?.last?["aliases"]?.arrayValue == ["普通"])
        let discount = try field("discount")
        #expect(discount["scale"]?.integerValue == 2 && discount["max"]?.stringValue == "99.50")
        #expect(try field("street")["max_length"]?.integerValue == 80)
        #expect(try field("since")["default"]?.stringValue == "today()")
        let first = try field("first")
        #expect(first["object"]?.stringValue == "buyer" && first["on_delete"]?.stringValue == "clear")
        #expect(first["plugin"]?.stringValue == "shop")
        #expect(first["labels"]?["en"]?.stringValue == "Introduced by")
        let list = json["layouts"]?["list"]
        #expect(list?["columns"]?.arrayValue?.first?.stringValue == "street")
        #expect(list?["sort"]?.arrayValue?.first?["descending"]?.booleanValue == true)
        #expect(json["code_rules"]?.arrayValue?.first?["pattern"]?.stringValue == "B-{seq:3}")
    }

    @Test("describe tells defaults, help, limits, colours and what becomes of a reference")
    func describe() throws {
        let text = try run("describe", "t.crm", "buyer").output
        for word in ["默认 重点", "越好越靠前", "#d32f2f", "≤ 99.50", "≤ 80 字", "默认 today()", "删除时清空", "code desc"] {
            #expect(text.contains(word), "\(word)")
        }
    }

    @Test("a search for nothing is refused")
    func emptySearch() throws {
        #expect(try run("search", "t.crm", " ").status == 64)
    }

    @Test("what people type who do not know the dot yet works as the command")
    func plainWords() throws {
        let left = try run("t.crm", input: "quit\n.count buyer\n")
        #expect(left.status == 0 && left.output.isEmpty)
        #expect(try run("t.crm", input: "exit()\n.count buyer\n").output.isEmpty)
        #expect(try run("t.crm", input: "help\n").output.contains(".describe"))
        #expect(try run("t.crm", input: ".settings shop\n").output.contains("没有设置"))
        #expect(try run("t.crm", input: ".unlink shop\n").errors.contains("没有链接"))
    }

    @Test("a deletion tells what goes with the record, before with --dry-run and after")
    func deletion() throws {
        for topic in ["a", "b"] { _ = try run("create", "t.crm", "bill", "事由=\(topic)", "买家=buyer/1") }
        _ = try run("update", "t.crm", "buyer/2", "介绍人=buyer/1")
        let plan = try run("delete", "t.crm", "buyer/甲", "--dry-run")
        #expect(plan.status == 0)
        for word in ["将删除 buyer/1  甲", "同时将删除 2 个账单：bill/1，bill/2", "将清空 1 个买家的「介绍人」：buyer/2"] {
            #expect(plan.output.contains(word), "\(plan.output)")
        }
        #expect(try run("count", "t.crm", "bill").output == "2\n")
        let done = try run("delete", "t.crm", "buyer/1").output
        for word in ["已删除 buyer/1  甲", "同时删除了 2 个账单", "清空了 1 个买家的「介绍人」"] {
            #expect(done.contains(word), "\(done)")
        }
        #expect(try run("count", "t.crm", "bill").output == "0\n")
    }

    @Test("taking a plugin out can be tried first")
    func uninstallPlan() throws {
        let plan = try run("plugin", "uninstall", "t.crm", "shop", "--dry-run")
        #expect(plan.status == 0)
        #expect(plan.output.contains("归档对象「buyer」") && plan.output.contains("没有执行"))
        #expect(try run("count", "t.crm", "buyer").output == "4\n")
        #expect(try run("plugin", "uninstall", "t.crm", "shop").status == 0)
    }
}
