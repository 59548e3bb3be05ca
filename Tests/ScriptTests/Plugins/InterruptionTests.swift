import CRMConcurrency
import CRMModel
import Foundation
import Synchronization
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

    /// A file with a record that waits for the index.
    private func file(_ scratch: ScratchFolder) throws -> Platform {
        let platform = try Platform.create(at: scratch.path + "/c.crm")
        try platform.installPlugin(
            .folder(
                scratch.plugin(
                    "notes",
                    [
                        "objects/note.json": """
                        {"name":"note","label":"Note","fields":[{"name":"name","type":"text","label":"N","searchable":true}]}
                        """
                    ]
                )
            )
        )
        try platform.write(as: .administrator, origin: .shell) { crm in
            _ = try crm.create(object("note"), ["name": "甲"])
        }
        return platform
    }

    /// The error that `body` ends with while it is interrupted again and again from another thread.
    private func interrupted<T>(_ platform: Platform, _ body: @escaping @Sendable () throws -> T) -> PlatformError? {
        let ended = DispatchSemaphore(value: 0)
        let found = Guarded<PlatformError?>(nil)
        Thread.detachNewThread {
            let error = refusal(body)
            found.withLock { $0 = error }
            ended.signal()
        }
        while ended.wait(timeout: .now() + .milliseconds(5)) == .timedOut { platform.interrupt() }
        return found.withLock { $0 }
    }

    @Test("is heard between two batches of the search index, when no statement runs")
    func betweenBatches() throws {
        let scratch = try ScratchFolder()
        let platform = try file(scratch)
        let error = refusal {
            try platform.search("甲", as: .administrator) { _, _ in platform.interrupt() }
        }
        #expect(error?.code == .cancelled)
        // What was read stays read, and nothing of the interruption stays.
        #expect(try platform.search("甲", as: .administrator).hits.count == 1)
    }

    @Test("is heard while the lock of the file is waited for")
    func waitingForLock() throws {
        let scratch = try ScratchFolder()
        let platform = try file(scratch)
        let other = try Platform.open(at: platform.path)
        try other.beginRehearsal()
        let start = ContinuousClock.now
        // A search does not wait for whoever rehearses.
        #expect(try platform.search("甲", as: .administrator).warning != nil)
        #expect(
            interrupted(platform) {
                try platform.write(as: .administrator, origin: .shell) { crm in
                    _ = try crm.create(object("note"), ["name": "乙"])
                }
            }?.code == .cancelled
        )
        // Waiting to its end takes ten seconds.
        #expect(ContinuousClock.now - start < .seconds(8))
        try other.rollbackRehearsal()
        #expect(try platform.search("甲", as: .administrator).hits.count == 1)
    }

    @Test("of a check, and a lock that is not to be had, are no damage of the search index")
    func checkBesideWriter() throws {
        let scratch = try ScratchFolder()
        let platform = try file(scratch)
        // Nothing waits for the index, so the examination itself is what waits.
        _ = try platform.search("甲", as: .administrator)
        let other = try Platform.open(at: platform.path)
        let (begun, over, ended) = (
            DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
        )
        Thread.detachNewThread {
            _ = refusal {
                try other.write(as: .administrator, origin: .library) { _ in
                    begun.signal()
                    over.wait()
                }
            }
            ended.signal()
        }
        begun.wait()
        #expect(interrupted(platform) { try platform.check() }?.code == .cancelled)
        over.signal()
        ended.wait()
        #expect(try platform.check().isEmpty)
        // A rehearsal is not waited for.
        try other.beginRehearsal()
        let findings = try platform.check()
        #expect(findings.map(\.severity) == [.warning])
        #expect(findings.first?.message.text(in: .en).contains("somebody is rehearsing") == true)
        try other.rollbackRehearsal()
        #expect(try platform.check().isEmpty)
    }

    @Test("a check beside somebody who writes all the time comes to its end and finds nothing wrong")
    func checkBesideSteadyWriter() throws {
        let scratch = try ScratchFolder()
        let platform = try file(scratch)
        let other = try Platform.open(at: platform.path)
        let isOver = Atomic<Bool>(false)
        let ended = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            var written = 0
            while !isOver.load(ordering: .relaxed) {
                let error = refusal {
                    try other.write(as: .administrator, origin: .library) { crm in
                        _ = try crm.create(object("note"), ["name": "n"])
                    }
                }
                if let error { Issue.record(error) }
                written += 1
                if written == 5 { begun.signal() }
            }
            ended.signal()
        }
        begun.wait()
        for _ in 0..<5 { #expect(try platform.check().map { $0.message.text(in: .en) } == []) }
        isOver.store(true, ordering: .relaxed)
        ended.wait()
        #expect(try platform.check().isEmpty)
    }
}
