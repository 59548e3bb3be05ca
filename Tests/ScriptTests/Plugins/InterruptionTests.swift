import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("An interruption")
struct InterruptionTests {
    private static let endless = "print('begun') while true do end"

    /// Runs a script on a thread of its own; gives its error, nil when it ended well.
    private final class Background: @unchecked Sendable {
        // Written before `ended` is signalled and read after it was waited for.
        private var error: PlatformError?
        private let begun = DispatchSemaphore(value: 0)
        private let ended = DispatchSemaphore(value: 0)

        init(_ platform: Platform, _ script: String) {
            let thread = Thread { [self] in
                error = refusal {
                    try platform.runScript(script, name: "s.lua", as: .administrator) { [begun] _ in begun.signal() }
                }
                ended.signal()
            }
            thread.start()
            begun.wait()
        }

        /// Waits for the end.
        var result: PlatformError? {
            ended.wait()
            return error
        }
    }

    @Test("stops the script of its own file, as cancelled")
    func own() throws {
        let company = try ScriptCompany()
        let script = Background(company.platform, Self.endless)
        company.platform.interrupt()
        #expect(script.result?.code == .cancelled)
        #expect(try company.run("print(1)") == ["1"])
    }

    @Test("does not reach the scripts of another file that is open in the process")
    func other() throws {
        let running = try ScriptCompany()
        let idle = try ScriptCompany()
        let script = Background(running.platform, "print('begun') local n = 0 for i = 1, 2e7 do n = n + 1 end")
        for _ in 0..<20 { idle.platform.interrupt() }
        #expect(script.result == nil)
    }

    @Test("that comes when nothing runs does not strike what begins later")
    func late() throws {
        let company = try ScriptCompany()
        company.platform.interrupt()
        #expect(try company.run("local n = 0 for i = 1, 1e6 do n = n + 1 end print(n)") == ["1000000"])
    }

    @Test("is told by a hook that was running as cancelled, and nothing is saved")
    func hook() throws {
        let company = try ScriptCompany(#"crm.on("deal", "before_save", function(rec) while true do end end)"#)
        let script = Background(company.platform, "print('begun') crm.create('deal', {name = 'a'})")
        company.platform.interrupt()
        #expect(script.result?.code == .cancelled)
        #expect(try company.count("deal") == 0)
    }
}
