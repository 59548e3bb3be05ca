import Foundation
import Testing

/// Every way in which a command writes a file, held against the files that must not be written.
@Suite("What commands write")
struct OutputTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        try folder.write(
            """
            crm.command{name = "list", title = "List", run = function()
              return {columns = {{name = "a", label = "A"}}, rows = {{a = "1"}}} end}
            crm.report{name = "all", title = "All", run = function()
              return {columns = {{name = "a", label = "A"}}, rows = {{a = "1"}}} end}
            """,
            to: "small/main.lua"
        )
        try folder.write("name\n张三\n", to: "in.csv")
        #expect(try run("new", "a.crm", "--with", "small").status == 0)
        #expect(try run("create", "a.crm", "customer", "name=甲").status == 0)
    }

    private func run(_ arguments: String...) throws -> ShellRun {
        try ShellRun(arguments, in: folder, language: "en")
    }

    /// The doors, each with its output last.
    private static let doors: [[String]] = [
        ["export", "a.crm", "customer", "-o"],
        ["export", "a.crm", "customer", "--format", "json", "-o"],
        ["report", "a.crm", "all", "--html"],
        ["report", "a.crm", "all", "--csv"],
        ["command", "a.crm", "list", "-o"],
        ["report", "a.crm", "all", "-o"],
        ["import", "a.crm", "customer", "in.csv", "--errors"],
        ["import", "a.crm", "customer", "in.csv", "--dry-run", "--errors"],
    ]

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
    }

    private func count() throws -> String { try run("count", "a.crm", "customer").output }

    @Test("No door overwrites the company, its lock, or what it reads, though told to overwrite", arguments: doors)
    func company(_ door: [String]) throws {
        symlink("a.crm", folder.path + "/other-name.html")
        let input = try bytes("in.csv")
        var places = ["a.crm", "./a.crm", "other-name.html", "a.crm-lock", "a.crm-wal"]
        if door[0] == "import" { places.append("in.csv") }
        for place in places {
            let result = try ShellRun(door + [place, "--force"], in: folder, language: "en")
            #expect(result.status != 0, "\(place)")
            #expect(result.errors.contains(place), "\(result.errors)")
        }
        #expect(try count().contains("1"), "nothing was imported before the output was refused")
        #expect(try bytes("in.csv") == input)
    }

    @Test("A file that is there is overwritten only with --force", arguments: doors.filter { $0[0] != "import" })
    func force(_ door: [String]) throws {
        try folder.write("mine", to: "out.json")
        let refused = try ShellRun(door + ["out.json"], in: folder, language: "en")
        #expect(refused.status != 0)
        #expect(refused.errors.contains("--force"))
        #expect(try folder.read("out.json") == "mine")
        let forced = try ShellRun(door + ["out.json", "--force"], in: folder, language: "en")
        #expect(forced.status == 0, "\(forced.errors)")
        #expect(try folder.read("out.json") != "mine")
    }

    @Test("A dash is standard output, and no file of that name is made")
    func dash() throws {
        let export = try run("export", "a.crm", "customer", "-o", "-")
        #expect(export.output.contains("甲"))
        let report = try run("report", "a.crm", "all", "--csv", "-")
        #expect(report.output.contains("A\r\n1\r\n"), "\(report.output)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/-"))
    }

    @Test("Two results do not go to one place")
    func twice() throws {
        let result = try run("report", "a.crm", "all", "--csv", "x.html", "--html", "./x.html")
        #expect(result.status != 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/x.html"))
    }

    @Test("The error file of an earlier import is replaced, and goes when no row is refused; another file stays")
    func errorFile() throws {
        try folder.write("name\n,\n\"\"\n", to: "bad.csv")
        try folder.write("name,grade\n乙,nothing\n", to: "wrong.csv")
        #expect(try run("import", "a.crm", "customer", "wrong.csv", "--errors", "e.csv").status != 0)
        let first = try folder.read("e.csv")
        #expect(first.contains("乙"))
        try folder.write("name,grade\n丙,nothing\n", to: "wrong.csv")
        #expect(try run("import", "a.crm", "customer", "wrong.csv", "--errors", "e.csv").status != 0)
        #expect(try folder.read("e.csv").contains("丙"))
        // A trial keeps nothing, and takes nothing away.
        #expect(try run("import", "a.crm", "customer", "in.csv", "--errors", "e.csv", "--dry-run").status == 0)
        #expect(try folder.read("e.csv").contains("丙"))
        #expect(try run("import", "a.crm", "customer", "in.csv", "--errors", "e.csv").status == 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/e.csv"))
        try folder.write("a letter", to: "letter.csv")
        let refused = try run("import", "a.crm", "customer", "in.csv", "--errors", "letter.csv")
        #expect(refused.status != 0)
        #expect(try folder.read("letter.csv") == "a letter")
    }

    @Test("an import that goes on in the middle leaves the rows that its first part refused")
    func errorFileOfThePartBefore() throws {
        try folder.write("name\nA\nB\n", to: "two.csv")
        try folder.write("第一段", to: "bad.csv")
        let refused = try run("import", "a.crm", "customer", "two.csv", "--errors", "bad.csv", "--from-row", "2")
        #expect(refused.status != 0)
        #expect(refused.errors.contains("bad.csv"), "\(refused.errors)")
        #expect(String(decoding: try bytes("bad.csv"), as: UTF8.self) == "第一段")
    }

    @Test(
        "a closed descriptor is not taken by a file: nothing that is printed gets into one, and nothing is read from it"
    )
    func closedDescriptors() throws {
        let lock = folder.path + "/a.crm-lock"
        for redirection in [">&-", "2>&-", "<&-"] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            let words = redirection == "<&-" ? "a.crm" : "export a.crm customer -o - --format jsonl"
            process.arguments = ["-c", "exec \"$0\" \(words) \(redirection)", ShellProcessHandle.executable.path]
            process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
            process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "CRM_LANG": "en"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect((process.terminationStatus == 0) == (redirection != ">&-"), "\(redirection)")
            let text = FileManager.default.contents(atPath: lock).map { String(decoding: $0, as: UTF8.self) } ?? ""
            #expect(text.utf8.count <= 256 && !text.contains("{"), "\(redirection): \(text)")
        }
    }

    @Test("Stubs are made again over themselves, never over what somebody wrote")
    func stubs() throws {
        #expect(try run("stubs", "a.crm", "-o", "meta").status == 0)
        #expect(try run("stubs", "a.crm", "-o", "meta").status == 0)
        try folder.write("-- mine", to: "meta/crm.lua")
        #expect(try run("stubs", "a.crm", "-o", "meta").status != 0)
        #expect(try folder.read("meta/crm.lua") == "-- mine")
    }

    @Test("A new plugin appears whole, and never through a link that stands in its place")
    func newPlugin() throws {
        mkdir(folder.path + "/elsewhere", 0o700)
        symlink("nowhere", folder.path + "/fresh")
        #expect(try run("plugin", "new", "fresh", "-o", ".").status != 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/nowhere"))
    }

    @Test("an output without a name is told as such, and so is a copy of a file onto itself")
    func unnamed() throws {
        for words in [
            ["export", "a.crm", "customer", "--format", "csv", "-o", ""], ["backup", "a.crm", "-o", ""], ["new", ""],
            ["report", "a.crm", "all", "--csv", ""],
        ] {
            let result = try ShellRun(words, in: folder, language: "en")
            #expect(result.status != 0)
            #expect(result.errors.contains("No file was named"), "\(words): \(result.errors)")
        }
        let onto = try run("backup", "a.crm", "-o", "./a.crm", "--force")
        #expect(onto.errors.contains("the very file that is to be copied"), "\(onto.errors)")
    }

    @Test("columns that were left out are told on standard error, with the name that is near, and as data in JSON")
    func leftOut() throws {
        try folder.write("name,Gade,x1\n李四,A,1\n", to: "odd.csv")
        let result = try run("import", "a.crm", "customer", "odd.csv")
        #expect(result.status == 0)
        #expect(result.errors.contains("Gade (→ grade?), x1"), "\(result.errors)")
        #expect(!result.output.contains("x1"))
        let json = try run("import", "a.crm", "customer", "odd.csv", "--json")
        #expect(json.output.contains(#""unknown_columns":["Gade","x1"]"#))
        let beyond = try run("import", "a.crm", "customer", "odd.csv", "--from-row", "9")
        #expect(beyond.status != 0)
        #expect(beyond.errors.contains("the file has no row 9, its last one is row 1"), "\(beyond.errors)")
        #expect(try run("import", "a.crm", "customer", "odd.csv", "--from-row", "2").status == 0)
    }

    @Test("a script stops quietly when nobody reads its output any more, and keeps nothing of it")
    func brokenPipe() throws {
        try folder.write(
            "crm.create('customer', {name = 'z'}) for i = 1, 50000000 do print('line ' .. i) end",
            to: "long.lua"
        )
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        let program = ShellProcessHandle.executable.path
        process.arguments = ["-c", "'\(program)' run a.crm long.lua 2>errors.txt | head -n 1; echo ${PIPESTATUS[0]}"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text == "line 1\n141\n")
        #expect(try folder.read("errors.txt").isEmpty)
        #expect(try count().contains("1"))
    }

    @Test("what a killed process has left half made goes when the next file is made there, and nothing else does")
    func leftovers() throws {
        try folder.write("half", to: ".crm-abc.part")
        try folder.write("mine", to: "abc.part")
        let held = open(folder.path + "/.crm-held.part", O_RDWR | O_CREAT, 0o600)
        defer { close(held) }
        #expect(write(held, "x", 1) == 1)
        #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
        #expect(try run("export", "a.crm", "customer", "-o", "x.csv").status == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".part") }
        #expect(left.sorted() == [".crm-held.part", "abc.part"])
    }
}
