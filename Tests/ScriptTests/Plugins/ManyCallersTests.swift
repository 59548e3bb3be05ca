import CRMConcurrency
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// A file is used from any thread; the work runs on the caller's, on the stack of the file.
@Suite("Callers on many threads")
struct ManyCallersTests {
    private static let counting = """
        n = 0
        crm.on("deal", "before_save", function(rec) n = n + 1 rec.quantity = n end)
        """

    @Test("writes of many threads come one after the other, with codes and counts without gaps")
    func manyThreads() throws {
        let company = try ScriptCompany(Self.counting)
        let platform = company.platform
        let failures = Guarded(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<25 {
                do {
                    try platform.write(as: .administrator, origin: .library) { session in
                        _ = try session.create(object("deal"), ["name": "a"])
                    }
                } catch {
                    failures.withLock { $0 += 1 }
                }
            }
        }
        #expect(failures.withLock { $0 } == 0)
        #expect(try company.count("deal") == 200)
        let last = "local d = crm.get('deal', 200) print(d.code, d.quantity, crm.count('deal', 'quantity = id'))"
        #expect(try company.run(last) == ["D-0200\t200\t200"])
    }

    @Test("a rehearsal that one thread began goes on with another, and a third ends it")
    func rehearsal() throws {
        let company = try ScriptCompany(Self.counting)
        let platform = company.platform
        try onThread { try platform.beginRehearsal() }
        try onThread {
            try platform.write(as: .administrator, origin: .library) { session in
                _ = try session.create(object("deal"), ["name": "a"])
            }
        }
        #expect(try company.count("deal") == 1)
        try onThread { try platform.rollbackRehearsal() }
        #expect(try company.count("deal") == 0)
    }

    @Test("work on one file may work on another and come back")
    func twoFiles() throws {
        let (first, second) = (try ScriptCompany(Self.counting), try ScriptCompany(Self.counting))
        let (one, two) = (first.platform, second.platform)
        try one.write(as: .administrator, origin: .library) { session in
            _ = try session.create(object("deal"), ["name": "a"])
            try two.write(as: .administrator, origin: .library) { other in
                _ = try other.create(object("deal"), ["name": "b"])
                let seen = try one.read(as: .administrator) { view in
                    try view.count(object("deal"))
                }
                guard seen == 1 else { throw PlatformError(.internal, Message(custom: LocalizedText("not seen"))) }
            }
        }
        #expect(try first.count("deal") == 1)
        #expect(try second.count("deal") == 1)
    }

    @Test("scripts nest deep on a thread with a small stack")
    func deep() throws {
        let company = try ScriptCompany(
            """
            crm.on("person", "after_save", function(rec)
              local function depth(n) return n == 0 and 0 or 1 + depth(n - 1) end
              local function guarded(n) local ok, d = pcall(function() return n == 0 and 0 or 1 + guarded(n - 1) end) return d end
              crm.update(rec, {name = depth(10000) .. " " .. guarded(50)})
            end)
            """
        )
        let platform = company.platform
        try onThread {
            try platform.runScript("crm.create('person', {name = 'a'})", name: "s", as: .administrator) { _ in }
        }
        #expect(try company.run("print(crm.get('person', 1).name)") == ["10000 50"])
    }
}

/// Runs the work on a thread of its own with a small stack and waits for it.
private func onThread(_ work: @escaping @Sendable () throws -> Void) throws {
    let done = DispatchSemaphore(value: 0)
    let result = Failure()
    let thread = Thread {
        do { try work() } catch { result.set(error) }
        done.signal()
    }
    thread.stackSize = 128 << 10
    thread.start()
    done.wait()
    if let error = result.error { throw error }
}

private final class Failure: Sendable {
    private let state = Guarded<(any Error)?>(nil)

    func set(_ error: any Error) { state.withLock { $0 = error } }
    var error: (any Error)? { state.withLock { $0 } }
}
