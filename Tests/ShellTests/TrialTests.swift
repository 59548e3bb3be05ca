import CRMPlatform
import Foundation
import Testing

/// What is only tried says what the real thing would do, and waits for nobody.
@Suite("What is only tried")
struct TrialTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        try folder.write(
            """
            {"name": "bill", "label": {"zh-CN": "账单", "zh-TW": "帳單", "en": "Bill"}, "title_field": "topic",
             "fields": [
               {"name": "topic", "type": "text", "label": {"zh-CN": "事由", "zh-TW": "事由", "en": "Topic"}},
               {"name": "net", "type": "currency", "label": {"zh-CN": "净额", "zh-TW": "淨額", "en": "Net"}},
               {"name": "tax", "type": "currency", "label": {"zh-CN": "税额", "zh-TW": "稅額", "en": "Tax"}},
               {"name": "paid", "type": "currency", "label": {"zh-CN": "已收金额", "zh-TW": "已收金額", "en": "Paid"}}
             ]}
            """,
            to: "small/objects/bill.json"
        )
        try folder.write(
            """
            crm.on("bill", "before_save", function(bill)
              bill.tax = bill.net and (bill.net * crm.decimal("0.13")):round(2)
            end)
            crm.on("bill", "after_save", function(bill) crm.settle("bill", bill.id) end)
            -- Nothing was received so far.
            crm.on("bill", "settle", function(bill)
              if bill.paid then crm.update(bill, {paid = ""}) end
            end)
            crm.on("bill", "before_delete", function(bill)
              if bill.topic == "kept" then crm.reject("This bill is kept") end
            end)
            """,
            to: "small/main.lua"
        )
        try folder.write(
            """
            {"id": "sought", "version": "1.0.0", "api": 2, "type": "module", "title": {"en": "Sought"}}
            """,
            to: "sought/plugin.json"
        )
        try folder.write(
            """
            {"name": "part", "label": {"zh-CN": "零件", "zh-TW": "零件", "en": "Part"}, "title_field": "name",
             "fields": [{"name": "name", "type": "text", "searchable": true,
                         "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"}}]}
            """,
            to: "sought/objects/part.json"
        )
        let made = try run("new", "t.crm", "--with", "small")
        try #require(made.status == 0, "\(made.errors)")
    }

    private func run(_ arguments: String...) throws -> ShellRun { try ShellRun(arguments, in: folder) }

    /// The files in the folder of the test.
    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    @Test(
        "an import names the columns whose values were not kept, with the number of rows and an example",
        arguments: [[], ["--dry-run"]]
    )
    func notKept(_ options: [String]) throws {
        // 13 % of 100.00 is 13.00 as given; of 200.00 it is 26.00, of 300.00 it is 39.00.
        try folder.write(
            "事由,净额,税额,已收金额\na,100,13.00,\nb,200,20.00,150\nc,300,30.00,\n",
            to: "bills.csv"
        )
        let done = try ShellRun(["import", "t.crm", "bill", "bills.csv"] + options, in: folder)
        #expect(done.status == 0, "\(done.errors)")
        let text = done.output + done.errors
        #expect(text.contains("列「税额」有 2 行给出的值没有照存"), "\(text)")
        #expect(text.contains("第 2 行给出 20.00，存的是 26.00"), "\(text)")
        #expect(text.contains("列「已收金额」有 1 行") && text.contains("第 2 行给出 150.00，存的是 空值"), "\(text)")
        #expect(!text.contains("列「净额」") && !text.contains("列「事由」"))
        try folder.write("事由,净额,税额\nd,100,13.00\n", to: "right.csv")
        let right = try ShellRun(["import", "t.crm", "bill", "right.csv"] + options, in: folder)
        #expect(!(right.output + right.errors).contains("没有照存"))
        let json = try ShellRun(["import", "t.crm", "bill", "bills.csv", "--json"] + options, in: folder).output
        #expect(
            json.contains(#""column":"税额","field":"tax","rows":2,"row":2,"given":"20.00","kept":"26.00""#),
            "\(json)"
        )
        #expect(json.contains(#""given":"150.00","kept":null"#), "\(json)")
    }

    @Test("a deletion that a hook refuses is refused in the same words and with the same status when it is only tried")
    func deletion() throws {
        #expect(try run("create", "t.crm", "bill", "事由=kept").status == 0)
        #expect(try run("create", "t.crm", "bill", "事由=other").status == 0)
        let tried = try run("delete", "t.crm", "bill/1", "--dry-run")
        let done = try run("delete", "t.crm", "bill/1")
        #expect(done.status == 65 && done.errors.contains("This bill is kept"), "\(done.errors)")
        #expect(tried.status == done.status && tried.errors == done.errors, "\(tried.errors)")
        let free = try run("delete", "t.crm", "bill/2", "--dry-run")
        #expect(free.status == 0 && free.output.contains("将删除 bill/2"), "\(free.output)")
        #expect(try run("count", "t.crm", "bill").output == "2\n")
    }

    @Test("while somebody rehearses, what keeps nothing goes on, and sees what is committed")
    func besideRehearsal() throws {
        #expect(try run("create", "t.crm", "bill", "事由=a").status == 0)
        let other = try ShellProcessHandle(["t.crm"], in: folder)
        other.write(".begin\ncrm.create('bill', {topic = 'b'})\nprint('ready')\n")
        #expect(other.waitForOutput("ready"))
        try folder.write("事由\nc\n", to: "in.csv")
        let clock = ContinuousClock()
        let begin = clock.now
        let check = try run("check", "t.crm")
        #expect(check.status == 0, "\(check.errors)")
        #expect((check.output + check.errors).contains("现在有人在演练"), "\(check.output)\(check.errors)")
        let explained = try run("create", "t.crm", "bill", "事由=d", "--explain")
        #expect(explained.status == 0 && explained.output.contains("before_save"), "\(explained.errors)")
        let tried = try run("import", "t.crm", "bill", "in.csv", "--dry-run")
        #expect(tried.status == 0, "\(tried.errors)")
        let deletion = try run("delete", "t.crm", "bill/1", "--dry-run")
        #expect(deletion.status == 0, "\(deletion.errors)")
        let installed = try run("plugin", "install", "t.crm", "sought", "--dry-run")
        #expect(installed.status == 0, "\(installed.errors)")
        let removed = try run("plugin", "uninstall", "t.crm", "small", "--dry-run")
        #expect(removed.status == 0, "\(removed.errors)")
        // Each would have waited ten seconds for the lock.
        #expect(clock.now - begin < .seconds(10))
        #expect(!files.contains { $0.hasPrefix(".crm-") }, "\(files)")
        other.send("")
        _ = other.wait()
        #expect(try run("count", "t.crm", "bill").output == "1\n")
    }

    @Test("a search beside a rehearsal answers at once from the index as it stands, and says what may be missing")
    func searchBesideRehearsal() throws {
        let made = try run("new", "s.crm", "--with", "sought")
        try #require(made.status == 0, "\(made.errors)")
        #expect(try run("create", "s.crm", "part", "name=Bolt").status == 0)
        #expect(try run("search", "s.crm", "Bolt").output.contains("part/1"))
        #expect(try run("create", "s.crm", "part", "name=Bolt late").status == 0)
        let other = try ShellProcessHandle(["s.crm"], in: folder)
        other.write(".begin\ncrm.create('part', {name = 'Bolt tried'})\nprint('ready')\n")
        #expect(other.waitForOutput("ready"))
        let clock = ContinuousClock()
        let begin = clock.now
        let found = try run("search", "s.crm", "Bolt")
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.output.contains("part/1") && !found.output.contains("part/2"), "\(found.output)")
        #expect(found.errors.contains("最近保存的记录还不在全文索引里"), "\(found.errors)")
        #expect(try run("search", "s.crm", "Bolt", "--json").output.contains(#""warning":"现在有人在写入"#))
        // It would have waited ten seconds for the lock.
        #expect(clock.now - begin < .seconds(8))
        other.send("")
        _ = other.wait()
        let all = try run("search", "s.crm", "Bolt")
        #expect(all.output.contains("part/2") && all.errors.isEmpty, "\(all.output)\(all.errors)")
    }

    /// Runs a command line of a Unix shell, in which `$0` is the executable.
    private func runShell(_ line: String) throws -> (errors: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line, ShellProcessHandle.executable.path]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "CRM_LANG": "en"]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text, process.terminationStatus)
    }

    @Test("what is saved although its answer cannot be written says so, with the status of what is saved")
    func untold() throws {
        try folder.write("事由\nb\n", to: "in.csv")
        for command in [
            "create t.crm bill topic=a", "update t.crm bill/1 topic=c", "import t.crm bill in.csv --json",
            "settings t.crm name=A", "delete t.crm bill/1",
        ] {
            let done = try runShell("\"$0\" \(command) >/dev/full")
            #expect(done.status == 69, "\(command): \(done)")
            #expect(done.errors.contains("It is saved, do not save it again"), "\(command): \(done.errors)")
        }
        #expect(try run("count", "t.crm", "bill").output == "1\n")
        // What saves nothing has failed, and may be done again.
        for command in ["find t.crm bill", "create t.crm bill topic=x --explain", "import t.crm bill in.csv --dry-run"]
        {
            let read = try runShell("\"$0\" \(command) >/dev/full")
            #expect(read.status == 70 && !read.errors.contains("saved"), "\(command): \(read)")
        }
    }

    @Test("a broken line of a file in GB18030 is refused alone, and the encoding is named")
    func brokenLine() throws {
        // 事由 as the heading, 张三 twice, and a line with bytes that are no text.
        let line: [UInt8] = [0xD5, 0xC5, 0xC8, 0xFD, 0x0A]
        let bytes: [UInt8] = [0xCA, 0xC2, 0xD3, 0xC9, 0x0A] + line + [0xC0, 0xFF, 0x0A] + line
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/gb.csv"))
        let done = try run("import", "t.crm", "bill", "gb.csv")
        #expect(done.status == 65 && done.output.contains("新建 2"), "\(done.output)")
        #expect(done.output.contains("第 1 个字节不是 GB18030 文字"), "\(done.output)")
        #expect(try run("find", "t.crm", "bill").output.contains("张三"))
    }

    @Test("an import whose error file cannot be written tells what it has saved and where to go on")
    func unwritableErrors() throws {
        // Rows of a thousand signs, of which every other one is refused: the error file outgrows its limit of 64 KB.
        let wide = String(repeating: "x", count: 1_000)
        let rows = (1...3_000).map { $0 % 2 == 0 ? "\(wide),no" : "row \($0),12" }
        try folder.write("事由,净额\n" + rows.joined(separator: "\n") + "\n", to: "mix.csv")
        try FileManager.default.createDirectory(atPath: folder.path + "/full", withIntermediateDirectories: true)
        let done = try runShell(
            "unshare -m sh -c 'mount -t tmpfs -o size=64k none full && \"$0\" import t.crm bill mix.csv --errors full/e.csv >out.txt' \"$0\""
        )
        guard !done.errors.contains("unshare") && !done.errors.contains("mount:") else { return }
        let told = try folder.read("out.txt")
        let count = try run("count", "t.crm", "bill").output.trimmingCharacters(in: .newlines)
        #expect(done.status == 70, "\(done.errors)")
        #expect(done.errors.contains("the import was stopped"), "\(done.errors)")
        #expect(told.contains("\(count) created") && told.contains("--from-row "), "\(told)")
    }

    @Test("what cannot be read as a file is told in words of ours, by whatever door", arguments: ["zh-CN", "en"])
    func unreadable(_ language: String) throws {
        try FileManager.default.createDirectory(atPath: folder.path + "/dir", withIntermediateDirectories: true)
        try folder.write("事由\nc\n", to: "in.csv")
        let word = language == "en" ? "it is a folder" : "这是一个文件夹"
        for arguments in [
            ["import", "t.crm", "bill", "dir"], ["import", "t.crm", "bill", "in.csv", "--map", "dir"],
            ["run", "t.crm", "dir"], ["sandbox", "dir"],
        ] {
            let refused = try ShellRun(arguments, in: folder, language: language)
            #expect(refused.status != 0 && refused.errors.contains(word), "\(arguments): \(refused.errors)")
            #expect(!refused.errors.contains("Is a directory"))
        }
        // A file of the system that might wait for ever; this one would not.
        let madeUp = try ShellRun(["import", "t.crm", "bill", "/proc/version"], in: folder, language: language)
        #expect(madeUp.status == 64, "\(madeUp.errors)")
        for form in [[], ["--format", "csv"]] {
            let words = ["export", "t.crm", "bill", "-o", "/dev/stdout"] + form
            let output = try ShellRun(words, in: folder, language: language)
            #expect(output.status == 64 && output.errors.contains("-o -"), "\(output.errors)")
        }
    }

    @Test("a plugin that was switched off while its demonstration data were made is told")
    func failingDemo() throws {
        try folder.write(
            #"{"id": "shaky", "version": "1.0.0", "api": 1, "type": "module", "title": "S", "demo": [{"run": "demo/make.lua"}]}"#,
            to: "shaky/plugin.json"
        )
        try folder.write(
            #"{"name": "thing", "label": "T", "title_field": "name", "fields": [{"name": "name", "type": "text", "label": "N"}]}"#,
            to: "shaky/objects/thing.json"
        )
        try folder.write(
            "crm.on('thing', 'before_save', function(thing) error('oops') end)",
            to: "shaky/main.lua"
        )
        try folder.write(
            "for i = 1, 8 do pcall(crm.create, 'thing', {name = 'y' .. i}) end",
            to: "shaky/demo/make.lua"
        )
        let made = try run("new", "n.crm", "--with", "shaky", "--demo")
        #expect(made.errors.contains("shaky") && made.errors.contains("停用"), "\(made.output)\(made.errors)")
    }
}
