import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime
@testable import CRMScripting

/// The same scripts in the way in which plugins really run: as hooks, stopped by deadline.
@Suite("Attacks in Lua as hooks", .tags(.slow))
struct LuaEscapeHookTests {
    @Test("as a hook a script ends so too, and the file is as before", arguments: EscapeScript.names)
    func hook(_ name: String) throws {
        let script = try EscapeScript(name)
        let company = try ScriptCompany()
        var budget = ScriptBudget.hook
        // Those that are to be stopped need not have the whole second of a hook; honest ones may, on a slow machine.
        let isRunaway = script.allowed.contains { $0.hasPrefix("killed") }
        budget.lua.cpu = isRunaway ? .milliseconds(150) : .seconds(1)
        try company.platform.lanes.run(.write) { [budget] inner throws(PlatformError) in inner.hookBudget = budget }
        do {
            try company.install(
                "local function attack(...)\n\(script.source)\nend\n"
                    + """
                    crm.on("deal", "after_save", function(rec)
                      if rec.name == "attack" then error("ENDED " .. tostring((attack()))) end
                    end)
                    """
            )
        } catch let error as PlatformError {
            // What is no Lua is refused when it is installed.
            #expect(script.allowed.contains("error"), "\(error.text(in: .en))")
            return
        }
        let start = processorSeconds()
        let error = company.failure("crm.create('deal', {name = 'attack'})")
        #expect(processorSeconds() - start < 3)
        let text = error?.text(in: .en) ?? ""
        if error?.code == .limitExceeded {
            #expect(isRunaway, "\(text)")
        } else {
            #expect([.hookFailed, .hookRejected, .invalidPlugin].contains(error?.code), "\(text)")
            let isReturn = text.contains("ENDED")
            #expect(script.allowed.contains(isReturn ? "harmless nil" : "error"), "\(text)")
            #expect(!text.contains("ENDED ESCAPED") && !text.contains("ENDED SURVIVED"), "\(text)")
        }
        try company.run("crm.create('deal', {name = 'good'})")
        #expect(try company.count("deal") == 1)
    }

    private func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
