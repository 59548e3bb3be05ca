import LuaBridge
import Testing

struct ScriptProbeTests {
    @Test(
        "A probe tells how a script ended",
        arguments: [
            ("return 'fine', 2", ScriptReport.Outcome.returned, "fine"),
            ("return {1, {x = 'y'}}", .returned, "{1,{x=y,},}"),
            ("error('no', 0)", .error, "no"),
            ("if", .error, "probe:1: unexpected symbol near <eof>"),
            ("while true do end", .killedByBudget, "the script used up its budget of steps"),
            ("local s = 'x' while true do s = s .. s end", .killedByMemory, "the script used too much memory"),
        ]
    )
    func outcomes(_ script: String, _ outcome: ScriptReport.Outcome, _ text: String) throws {
        let report = try ScriptProbe.run(script: script, chunkName: "probe", after: "string = nil x = 1")
        #expect(report.outcome == outcome)
        #expect(report.text == text)
        #expect(report.canary)
    }

    @Test("The report is one line of JSON")
    func json() throws {
        let line = try ScriptProbe.run(script: "return 'a\"\\\\\\n\\1'", chunkName: "p").jsonLine
        #expect(line.hasPrefix("{\"outcome\": \"return\", \"cpu_seconds\": 0."))
        #expect(line.hasSuffix("\"canary\": true, \"text\": \"a\\\"\\\\\\n\\u0001\"}"))
    }
}
