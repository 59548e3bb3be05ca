import Foundation
import Testing

@testable import crm_shell

/// Ctrl-C and being told to end, at moments that pipes and the words of plugins make certain.
@Suite("Interruptions of the shell")
struct ShellInterruptionTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        try #require(try ShellRun(["new", "t.crm", "--with", "small"], in: folder).status == 0)
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    /// Waits until the shell reads a pipe, and is the one who will never write to it.
    private func awaitReader(of pipe: String) -> Int32 { open(folder.path + "/" + pipe, O_WRONLY) }

    @Test(
        "whatever is read for a command can be left, with a word",
        arguments: [["run", "t.crm", "pipe"], ["import", "t.crm", "customer", "rows.csv", "--map", "pipe"]]
    )
    func pipes(arguments: [String]) throws {
        try folder.write("name\nA\n", to: "rows.csv")
        try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let process = try ShellProcessHandle(arguments, in: folder)
        let writer = awaitReader(of: "pipe")
        defer { close(writer) }
        process.interrupt()
        let (_, errors, status) = process.wait()
        #expect(status == Interruption.exitStatus)
        #expect(errors == "错误：已中断\n")
    }

    @Test("lines of standard input that nobody writes are left, with a word, in JSON as well")
    func standardInput() throws {
        for (arguments, word) in [
            (["t.crm"], "Error: Interrupted\n"),
            (
                ["t.crm", "--json"],
                #"{"error":{"code":"cancelled","message":"Interrupted","issues":[],"context":{}}}"# + "\n"
            ),
        ] {
            let process = try ShellProcessHandle(arguments, in: folder, language: "en")
            process.write("print('ready')\n")
            #expect(process.waitForOutput("ready"))
            process.interrupt()
            let (_, errors, status) = process.wait()
            #expect(status == Interruption.exitStatus)
            #expect(errors == word)
        }
    }

    /// A plugin that says so when it has begun, and then does not end.
    private func writeSlowPlugin() throws {
        try folder.write(
            #"{"id": "slow", "version": "1.0.0", "api": 1, "type": "module", "title": "Slow"}"#,
            to: "slow/plugin.json"
        )
        try folder.write("print('begun') while true do end", to: "slow/main.lua")
    }

    @Test("a company whose making is interrupted is not there, and is made when that is asked again")
    func making() throws {
        try writeSlowPlugin()
        let process = try ShellProcessHandle(["new", "n.crm", "--with", "slow"], in: folder)
        #expect(process.waitForComplaint("begun"))
        process.interrupt()
        let (_, errors, status) = process.wait()
        #expect(status == Interruption.exitStatus)
        #expect(errors.hasSuffix("错误：已中断\n"))
        #expect(!files.contains { $0.hasPrefix("n.crm") }, "\(files)")
        try folder.write("", to: "slow/main.lua")
        #expect(try ShellRun(["new", "n.crm", "--with", "slow"], in: folder).status == 0)
        #expect(files.filter { $0.hasPrefix("n.crm") } == ["n.crm", "n.crm-lock"])
    }

    @Test("a company whose making was killed is not there, and what is left of it is in nobody's way")
    func killed() throws {
        try writeSlowPlugin()
        let process = try ShellProcessHandle(["new", "n.crm", "--with", "slow"], in: folder)
        #expect(process.waitForComplaint("begun"))
        process.send(signal: SIGKILL)
        _ = process.wait()
        #expect(!files.contains("n.crm"), "\(files)")
        try folder.write("", to: "slow/main.lua")
        #expect(try ShellRun(["new", "n.crm", "--with", "slow"], in: folder).status == 0)
        #expect(files.filter { $0.hasPrefix("n.crm") } == ["n.crm", "n.crm-lock"])
    }

    @Test("a process that is told to end in a trial takes the copy with it", arguments: [SIGTERM, SIGHUP])
    func trial(number: Int32) throws {
        let row = "a name of some length that makes the file long enough to be tried apart"
        let rows = (1...4000).map { "\(row) \($0)" }
        try folder.write((["name"] + rows).joined(separator: "\n"), to: "rows.csv")
        try folder.write(
            """
            crm.on("customer", "before_save", function() print("begun") while true do end end)
            """,
            to: "small/main.lua"
        )
        try #require(try ShellRun(["plugin", "install", "t.crm", "./small"], in: folder).status == 0)
        let process = try ShellProcessHandle(["import", "t.crm", "customer", "rows.csv", "--dry-run"], in: folder)
        #expect(process.waitForComplaint("begun"))
        process.send(signal: number)
        let (_, _, status) = process.wait()
        #expect(status == 128 + number)
        #expect(!files.contains { $0.hasPrefix(".crm-") }, "\(files)")
        #expect(try ShellRun(["count", "t.crm", "customer"], in: folder).output == "0\n")
    }
}
