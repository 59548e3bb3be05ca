import CRMModel
import CRMStorage
import Foundation
import Testing

struct TransactionTests {
    let folder: StoreFolder
    let store: SQLiteStore

    init() throws {
        folder = try StoreFolder()
        store = try SQLiteStore.create(path: folder.path())
    }

    private struct Stop: Error {}

    private static let refusal = PlatformError(.hookRejected, Message(custom: LocalizedText("no")))

    @Test("what a write did is there after it returned, and after the file is opened again")
    func keeps() throws {
        try store.put("t.a")
        #expect(try store.count("t.") == 1)
        try store.close()
        let again = try SQLiteStore.open(path: folder.path())
        #expect(try again.read { connection throws(PlatformError) in try connection.count("t.") } == 1)
        try again.close()
    }

    @Test("a write that throws leaves nothing behind and throws what its body threw")
    func undoes() throws {
        let error = #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in
                try connection.put("t.a", "1")
                throw Self.refusal
            }
        }
        #expect(error?.code == .hookRejected)
        #expect(try store.count("t.") == 0)
    }

    @Test("a nested write is a savepoint: its failure undoes its own part alone, its success depends on the outer")
    func nesting() throws {
        try store.write { outer throws(PlatformError) in
            try outer.put("t.outer", "1")
            do throws(PlatformError) {
                try store.write { inner throws(PlatformError) in
                    try inner.put("t.inner", "1")
                    throw Self.refusal
                }
            } catch {}
            try store.write { inner throws(PlatformError) in try inner.put("t.second", "1") }
            let seen = try store.count("t.")
            #expect(seen == 2)
        }
        #expect(try store.count("t.") == 2)
        #expect(throws: PlatformError.self) {
            try store.write { outer throws(PlatformError) in
                try store.write { inner throws(PlatformError) in try inner.put("t.third", "1") }
                throw Self.refusal
            }
        }
        #expect(try store.count("t.") == 2)
    }

    @Test("a savepoint asked to roll back gives its result and undoes its work, at any depth")
    func explaining() throws {
        try store.write { connection throws(PlatformError) in
            try connection.put("t.a", "1")
            let seen = try connection.savepoint(rollback: true) { inner throws(PlatformError) in
                try inner.put("t.b", "1")
                try inner.savepoint { deepest throws(PlatformError) in try deepest.put("t.c", "1") }
                return try inner.count("t.")
            }
            #expect(seen == 3)
            #expect(try connection.count("t.") == 1)
        }
        #expect(try store.count("t.") == 1)
    }

    @Test("the body of a write and of a read runs on the calling thread")
    func threads() throws {
        let thread = Thread.current
        try store.write { connection throws(PlatformError) in
            #expect(Thread.current === thread)
            try store.write { inner throws(PlatformError) in #expect(Thread.current === thread) }
        }
        try store.read { connection throws(PlatformError) in #expect(Thread.current === thread) }
    }

    @Test("a read keeps its view while another thread writes")
    func snapshots() throws {
        try store.read { connection throws(PlatformError) in
            #expect(try connection.count("t.") == 0)
            onAnotherThread { try store.put("t.a") }
            #expect(try connection.count("t.") == 0)
            let nested = try store.read { inner throws(PlatformError) in try inner.count("t.") }
            #expect(nested == 0)
        }
        #expect(try store.count("t.") == 1)
    }

    @Test("readers cannot write")
    func readersOnlyRead() throws {
        let error = #expect(throws: PlatformError.self) {
            try store.read { connection throws(PlatformError) in try connection.put("t.a", "1") }
        }
        #expect(error?.code == .storage)
    }

    // MARK: - Rehearsals

    @Test("in a rehearsal writes are kept together, reads see them, and rolling back leaves nothing")
    func rehearsal() throws {
        try store.begin()
        #expect(store.isInRehearsal)
        try store.put("t.a")
        onAnotherThread { try store.put("t.b") }
        #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in
                try connection.put("t.c", "1")
                throw Self.refusal
            }
        }
        #expect(try store.count("t.") == 2)
        try store.rollback()
        #expect(!store.isInRehearsal)
        #expect(try store.count("t.") == 0)
    }

    @Test("a rehearsal that is committed is kept")
    func rehearsalKept() throws {
        try store.begin()
        try store.put("t.a")
        try store.commit()
        #expect(try store.count("t.") == 1)
    }

    @Test("rehearsals do not nest, and ending one that was not begun is refused")
    func rehearsalMisuse() throws {
        #expect(throws: PlatformError.self) { try store.commit() }
        #expect(throws: PlatformError.self) { try store.rollback() }
        try store.begin()
        #expect(throws: PlatformError.self) { try store.begin() }
        try store.write { connection throws(PlatformError) in
            _ = #expect(throws: PlatformError.self) { try store.commit() }
        }
        try store.rollback()
        try store.write { connection throws(PlatformError) in
            _ = #expect(throws: PlatformError.self) { try store.begin() }
        }
    }

    @Test("closing undoes an open rehearsal; a closed store says so")
    func closing() throws {
        try store.begin()
        try store.put("t.a")
        try store.close()
        try store.close()
        let error = #expect(throws: PlatformError.self) { try store.count("t.") }
        #expect(error?.text(in: .en) == "The file \"acme.crm\" has been closed")
        let again = try SQLiteStore.open(path: folder.path())
        #expect(try again.read { connection throws(PlatformError) in try connection.count("t.") } == 0)
        #expect(folder.contents.contains("acme.crm"))
        try again.close()
        #expect(folder.contents == ["acme.crm", "acme.crm-lock"])
    }
}

/// Runs `body` on a thread of its own and waits for it.
func onAnotherThread(_ body: @escaping @Sendable () throws -> Void) {
    let done = DispatchSemaphore(value: 0)
    Thread {
        do { try body() } catch { Issue.record(error) }
        done.signal()
    }.start()
    done.wait()
}
