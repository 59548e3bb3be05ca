import CRMModel
import Foundation
import Synchronization
import Testing

@testable import CRMStorage

struct LockTests {
    let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    @Test("writers of two stores on one file wait for each other, and nothing is lost")
    func twoStores() throws {
        let stores = [try SQLiteStore.create(path: folder.path()), try SQLiteStore.open(path: folder.path())]
        let inside = Atomic<Int>(0)
        let overlaps = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            for round in 0..<25 {
                do {
                    try stores[worker % 2].write { connection throws(PlatformError) in
                        if inside.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue != 1 {
                            overlaps.wrappingAdd(1, ordering: .relaxed)
                        }
                        try connection.put("t.\(worker).\(round)", "1")
                        inside.wrappingSubtract(1, ordering: .sequentiallyConsistent)
                    }
                } catch { Issue.record(error) }
            }
        }
        #expect(overlaps.load(ordering: .relaxed) == 0)
        #expect(try stores[0].count("t.") == 100)
        try stores[0].close()
        #expect(try stores[1].count("t.") == 100)
        try stores[1].close()
        #expect(folder.contents == ["acme.crm", "acme.crm-lock"])
    }

    @Test("whoever waits too long for another store gets a plain message with the file and the holder")
    func timeout() throws {
        let store = try SQLiteStore.create(path: folder.path())
        let other = try SQLiteStore.open(path: folder.path(), options: .timeout(20))
        try store.write { connection throws(PlatformError) in
            let error = #expect(throws: PlatformError.self) { try other.put("t.a") }
            #expect(error?.code == .busy)
            #expect(
                error?.text(in: .en)
                    == "The file \"acme.crm\" is in use (other work of this process); gave up after 0.0 s. Try again later"
            )
            #expect(error?.text(in: .zhCN).contains("「acme.crm」正被占用") == true)
        }
        try other.put("t.a")
        #expect(try store.count("t.") == 1)
    }

    @Test("closing does not wait for one who holds the lock for long, and loses nothing")
    func closingBesideRehearsal() throws {
        let store = try SQLiteStore.create(path: folder.path())
        let other = try SQLiteStore.open(path: folder.path(), options: .timeout(60_000))
        try other.put("t.a")
        try store.begin()
        let start = ContinuousClock.now
        try other.close()
        #expect(ContinuousClock.now - start < .seconds(20))
        try store.rollback()
        #expect(try store.count("t.") == 1)
        try store.close()
    }

    @Test("the message names the process that holds the lock")
    func holder() throws {
        let store = try SQLiteStore.create(path: folder.path(), options: .timeout(20))
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/flock") else { return }
        // Holds the lock, writes its number as our processes do, says so, and waits for its input to end.
        child.arguments = [
            folder.path("acme.crm-lock"), "sh", "-c", "echo 4711 > \"$0\"; echo ready; cat",
            folder.path("acme.crm-lock"),
        ]
        let (input, output) = (Pipe(), Pipe())
        child.standardInput = input
        child.standardOutput = output
        try child.run()
        _ = output.fileHandleForReading.readData(ofLength: 6)
        let error = #expect(throws: PlatformError.self) { try store.put("t.a") }
        #expect(error?.text(in: .en).contains("process 4711") == true)
        #expect(try store.count("t.") == 0)
        try input.fileHandleForWriting.close()
        child.waitUntilExit()
        try store.put("t.a")
        #expect(try store.count("t.") == 1)
    }

    @Test("a thread that waits too long for a write of another thread is told so")
    func threads() throws {
        let store = try SQLiteStore.create(path: folder.path(), options: .timeout(20))
        try store.write { connection throws(PlatformError) in
            onAnotherThread {
                let error = #expect(throws: PlatformError.self) { try store.put("t.a") }
                #expect(error?.code == .busy)
            }
        }
    }

    @Test("a reader does not wait for a writer")
    func readers() throws {
        let store = try SQLiteStore.create(path: folder.path(), options: .timeout(20))
        try store.write { connection throws(PlatformError) in
            try connection.put("t.a", "1")
            onAnotherThread {
                let seen = try store.count("t.")
                #expect(seen == 0)
            }
        }
        #expect(try store.count("t.") == 1)
    }

    @Test("readers beyond the limit wait, and are told when they waited too long")
    func readerLimit() throws {
        var options = StoreOptions.timeout(20)
        options.readerLimit = 1
        let store = try SQLiteStore.create(path: folder.path(), options: options)
        try store.read { connection throws(PlatformError) in
            onAnotherThread {
                let error = #expect(throws: PlatformError.self) { try store.count("t.") }
                #expect(error?.code == .busy)
            }
        }
        #expect(try store.count("t.") == 0)
    }

    @Test("the log is brought into the file when it has grown beyond its limit, and not before")
    func checkpoints() throws {
        var options = StoreOptions()
        options.checkpointPages = 50
        let store = try SQLiteStore.create(path: folder.path(), options: options)
        let size = try folder.bytes("acme.crm").count
        try store.put("t.a")
        // Behind its pages it says that it needs its log.
        #expect(try folder.bytes("acme.crm").count == size + LogMark.length)
        let large = String(repeating: "x", count: 400_000)
        try store.write { connection throws(PlatformError) in try connection.put("t.large", large) }
        #expect(try folder.bytes("acme.crm").count > size + 400_000)
        let log = try folder.bytes("acme.crm-wal").count
        try store.put("t.b")
        #expect(try folder.bytes("acme.crm-wal").count == log)
        try store.close()
    }

    @Test("a statement that runs is stopped from another thread, and the store goes on")
    func interruption() throws {
        let store = try SQLiteStore.create(path: folder.path())
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n"
        for isWrite in [false, true] {
            let started = DispatchSemaphore(value: 0)
            Thread {
                started.wait()
                // Asked again until the work has ended, as it may not have reached the engine yet.
                while started.wait(timeout: .now() + .milliseconds(1)) == .timedOut { store.interrupt() }
            }.start()
            let error = #expect(throws: PlatformError.self) {
                let body: (StoreConnection) throws(PlatformError) -> Void = { connection throws(PlatformError) in
                    if isWrite { try connection.put("t.a", "1") }
                    started.signal()
                    _ = try connection.integer(endless)
                }
                if isWrite { try store.write(body) } else { try store.read(body) }
            }
            started.signal()
            #expect(error?.code == .cancelled)
            #expect(try store.count("t.") == 0)
        }
        try store.put("t.b")
        #expect(try store.count("t.") == 1)
    }

    @Test("asking to stop holds for the whole unit of work, and for no other")
    func interruptedUnit() throws {
        let store = try SQLiteStore.create(path: folder.path())
        store.interrupt()
        try store.put("t.a")
        try store.write { connection throws(PlatformError) in
            connection.interrupter.request()
            let error = #expect(throws: PlatformError.self) { try connection.put("t.b", "1") }
            #expect(error?.code == .cancelled)
            #expect(throws: PlatformError.self) { try connection.put("t.c", "1") }
        }
        #expect(try store.count("t.") == 1)
    }
}
