import Foundation
import Testing

@Suite("Jobs and the log in the shell")
struct JobsCommandTests {
    private func company() throws -> ShellFolder {
        let folder = try ShellFolder()
        try folder.write(
            """
            crm.on("customer", "after_commit", function(rec)
              crm.log.warn("sending " .. rec.name)
              if crm.count("customer") < 2 then error("no mail server") end
            end)
            """,
            to: "small/main.lua"
        )
        #expect(try ShellRun(["new", "a.crm", "--with", "small"], in: folder).status == 0)
        return folder
    }

    @Test("a hook that failed is listed with plugin, file, line and record, is tried again and purged")
    func jobs() throws {
        let folder = try company()
        // The customer is saved: who sees this status must not save it again.
        #expect(try ShellRun(["create", "a.crm", "customer", "name=x"], in: folder).status == 69)
        let list = try ShellRun(["jobs", "a.crm"], in: folder, language: "en")
        #expect(list.output.contains("customer/1") && list.output.contains("no mail server"), "\(list.errors)")
        #expect(list.output.contains("1 waiting, 0 done, 0 given up"))
        let json = try ShellRun(["jobs", "a.crm", "list", "--json"], in: folder)
        #expect(json.output.contains(#""file":"main.lua","line":3"#), "\(json.output)")
        let check = try ShellRun(["check", "a.crm"], in: folder, language: "en")
        #expect(check.output.contains("1 waiting, 0 given up"), "\(check.output)")
        // It is not due yet.
        let run = try ShellRun(["jobs", "a.crm", "run"], in: folder, language: "en")
        #expect(run.output == "0 done, 0 failed and to be tried again, 0 given up\n1 wait\n")
        #expect(try ShellRun(["create", "a.crm", "customer", "name=y"], in: folder).status == 0)
        let retry = try ShellRun(["jobs", "a.crm", "retry", "1"], in: folder, language: "en")
        #expect(retry.output == "1 done, 0 failed and to be tried again, 0 given up\n", "\(retry.errors)")
        let counted = try ShellRun(["jobs", "a.crm", "purge", "--days", "0", "--dry-run"], in: folder, language: "en")
        #expect(counted.output.contains("Would purge 2 done and 0 given up"))
        let purge = try ShellRun(["a.crm", "-e", ".jobs purge --days 0 --yes"], in: folder, language: "en")
        #expect(purge.output == "Purged 2 done and 0 given up\n", "\(purge.errors)")
        let all = try ShellRun(["jobs", "a.crm", "list", "--all"], in: folder)
        #expect(all.output == "等待 0，完成 0，已放弃 0\n")
    }

    @Test("what hooks say is in the log")
    func log() throws {
        let folder = try company()
        _ = try ShellRun(["create", "a.crm", "customer", "name=x"], in: folder)
        let log = try ShellRun(["log", "a.crm", "--level", "warn"], in: folder)
        #expect(log.output.contains("[warn] small · customer/1: sending x"), "\(log.errors)")
        #expect(log.output.contains("[error] small · customer/1: "))
        let json = try ShellRun(["log", "a.crm", "--json", "-n", "1", "--plugin", "small"], in: folder)
        #expect(json.output.contains(#""level":"error","plugin":"small","record":"customer/1""#), "\(json.output)")
        #expect(try ShellRun(["log", "a.crm", "--since", "2999-01-01"], in: folder).output == "日志里没有这样的行\n")
    }

    @Test(
        "what is no action, number, level or day is refused in words",
        arguments: [
            (["jobs", "a.crm", "stop"], "「stop」"), (["jobs", "a.crm", "retry"], "--all"),
            (["jobs", "a.crm", "retry", "x"], "「x」"), (["jobs", "a.crm", "retry", "9"], "9"),
            (["log", "a.crm", "--level", "loud"], "「loud」"), (["log", "a.crm", "--since", "x"], "「x」"),
        ]
    )
    func refused(_ words: [String], _ expected: String) throws {
        let folder = try company()
        let run = try ShellRun(words, in: folder)
        #expect(run.status != 0)
        #expect(run.errors.contains(expected), "\(run.errors)")
    }
}
