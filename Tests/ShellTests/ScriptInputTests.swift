import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

@Suite("Lines on standard input")
struct ScriptInputTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        let made = try ShellRun(["new", "t.crm", "--with", "small"], in: folder)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func run(_ lines: String, _ options: String...) throws -> ShellRun {
        try ShellRun(["t.crm"] + options, in: folder, input: lines)
    }

    @Test("a script stops at its first error, names the line, and ends with the error's status")
    func stopsAtError() throws {
        let script = ".create customer name=A\n.show customer/99\n.create customer name=B\n"
        let result = try run(script)
        #expect(result.status == 66)
        #expect(result.errors.contains("customer/99"))
        #expect(result.errors.contains("第 2 行"))
        #expect(try run(".count customer\n").output == "1\n")
    }

    @Test("Lua may go over several lines, and keeps its variables")
    func lua() throws {
        let result = try run("function twice(n)\n  return n * 2\nend\nx = twice(21)\nprint(x)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "42\n")
    }

    @Test("a record stays at hand from line to line")
    func records() throws {
        let result = try run("c = crm.create(\"customer\", {name = \"A\"})\nc.name\nc.version\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasSuffix("A\n1\n"))
    }

    @Test("Lua that fails names its line in the script")
    func luaError() throws {
        let result = try run("x = 1\n\nerror('boom')\n")
        #expect(result.status == 70)
        #expect(result.errors.contains("boom"))
        #expect(result.errors.contains("第 3 行"))
    }

    @Test("a script that ends within a statement is an error")
    func unfinished() throws {
        #expect(try run("function f()\n").status == 64)
    }

    @Test("JSON is switched on for the answers, and errors carry the line")
    func json() throws {
        let result = try run(".json on\n.count customer\n.nope\n")
        #expect(result.output == #"{"object":"customer","count":0}"# + "\n")
        let error = try JSONParser.parse(Array(result.errors.utf8))["error"]
        #expect(error?["code"]?.stringValue == "not_found")
        #expect(error?["script_line"]?.integerValue == 3)
    }

    @Test("-e runs its lines in order")
    func lines() throws {
        let result = try run("", "-e", ".create customer name=A", "-e", ".count customer")
        #expect(result.output.hasSuffix("\n1\n"))
    }

    @Test("a rehearsal is shown, and taken back unless it is kept")
    func rehearsal() throws {
        let tried = try run(".begin\n.create customer name=A\n.count customer\n.diff\n.rollback\n.count customer\n")
        #expect(tried.status == 0, "\(tried.errors)")
        #expect(tried.output.contains("customer/1"))
        #expect(tried.output.hasSuffix("\n0\n"))
        _ = try run(".begin\n.create customer name=A\n")
        #expect(try run(".count customer\n").output == "0\n")
        _ = try run(".begin\n.create customer name=A\n.commit\n")
        #expect(try run(".count customer\n").output == "1\n")
    }

    @Test("Ctrl-C stops a script that does not end by itself")
    func interruption() throws {
        let process = try ShellProcessHandle(
            ["t.crm", "-e", "print('ready')", "-e", "while true do end"],
            in: folder
        )
        #expect(process.waitForOutput("ready"))
        process.interrupt()
        let (_, errors, status) = process.wait()
        #expect(status == Interruption.exitStatus, "\(errors)")
    }
}
