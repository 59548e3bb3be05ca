import CRMModel
import CRMStorage
import Foundation
import Testing

/// The first savepoint of a transaction needs no help of the engine; it must be as good as one that has it.
struct SavepointTests {
    let folder: StoreFolder
    let store: SQLiteStore

    init() throws {
        folder = try StoreFolder()
        store = try SQLiteStore.create(path: folder.path())
    }

    private static let refusal = PlatformError(.hookRejected, Message(custom: LocalizedText("no")))

    private func fail(
        on connection: StoreConnection,
        _ body: (StoreConnection) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        do throws(PlatformError) {
            try connection.savepoint { inner throws(PlatformError) in
                try body(inner)
                throw Self.refusal
            }
        } catch {
            guard error.code == .hookRejected else { throw error }
        }
    }

    @Test("the first one that fails is undone alone, and what follows is kept")
    func first() throws {
        try store.put("t.before")
        try store.write { connection throws(PlatformError) in
            try fail(on: connection) { inner throws(PlatformError) in
                try inner.put("t.a", "1")
                try inner.savepoint { deeper throws(PlatformError) in try deeper.put("t.b", "1") }
            }
            #expect(try connection.count("t.") == 1)
            try connection.savepoint { inner throws(PlatformError) in try inner.put("t.c", "1") }
            try fail(on: connection) { inner throws(PlatformError) in try inner.put("t.d", "1") }
            #expect(try connection.count("t.") == 2)
        }
        #expect(try store.count("t.") == 2)
    }

    @Test("one that fails before anything was written leaves the transaction as it is, within others too")
    func nothingWritten() throws {
        try store.write { connection throws(PlatformError) in
            try connection.savepoint { outer throws(PlatformError) in
                try fail(on: outer) { _ throws(PlatformError) in }
                try outer.put("t.a", "1")
                try fail(on: outer) { inner throws(PlatformError) in try inner.put("t.b", "1") }
            }
        }
        #expect(try store.count("t.") == 1)
    }

    @Test("one that fails within one that fails is undone with it")
    func failingWithin() throws {
        try store.write { connection throws(PlatformError) in
            try fail(on: connection) { outer throws(PlatformError) in
                try fail(on: outer) { inner throws(PlatformError) in try inner.put("t.a", "1") }
                try outer.put("t.b", "1")
                try fail(on: outer) { inner throws(PlatformError) in try inner.put("t.c", "1") }
                #expect(try outer.count("t.") == 1)
            }
            #expect(try connection.count("t.") == 0)
            try connection.put("t.d", "1")
        }
        #expect(try store.count("t.") == 1)
    }

    @Test("a transaction whose first part is asked to roll back keeps the rest")
    func askedFirst() throws {
        try store.write { connection throws(PlatformError) in
            let seen = try connection.savepoint(rollback: true) { inner throws(PlatformError) in
                try inner.put("t.a", "1")
                return try inner.count("t.")
            }
            #expect(seen == 1)
            try connection.put("t.b", "1")
        }
        #expect(try store.count("t.") == 1)
    }

    @Test("in a rehearsal too, and what was written before it stays")
    func rehearsal() throws {
        try store.begin()
        #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in
                try connection.put("t.a", "1")
                throw Self.refusal
            }
        }
        try store.put("t.b")
        #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in
                try connection.put("t.c", "1")
                throw Self.refusal
            }
        }
        #expect(try store.count("t.") == 1)
        try store.commit()
        #expect(try store.count("t.") == 1)
    }

    @Test("nobody else gets to write while the first one is undone")
    func staysLocked() throws {
        let other = try SQLiteStore.open(path: folder.path(), options: Self.impatient)
        try store.write { connection throws(PlatformError) in
            try fail(on: connection) { inner throws(PlatformError) in try inner.put("t.a", "1") }
            onAnotherThread {
                let error = #expect(throws: PlatformError.self) { try other.put("t.other") }
                #expect(error?.code == .busy)
            }
            try connection.put("t.b", "1")
        }
        try other.put("t.c")
        #expect(try store.count("t.") == 2)
        try other.close()
    }

    private static var impatient: StoreOptions {
        var options = StoreOptions()
        options.timeoutMilliseconds = 20
        return options
    }

    @Test("a connection knows whether anybody else has written since it did")
    func unchanged() throws {
        func isUnchanged() throws -> Bool {
            try store.write { connection throws(PlatformError) in
                try connection.put("t.\(UUID().uuidString)", "1")
                return connection.isFileUnchanged
            }
        }
        _ = try isUnchanged()
        #expect(try isUnchanged())
        #expect(try isUnchanged())
        let other = try SQLiteStore.open(path: folder.path())
        #expect(try isUnchanged())
        try other.put("t.other")
        #expect(try !isUnchanged())
        #expect(try isUnchanged())
        // What was undone may have been anything.
        #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in
                try connection.put("t.undone", "1")
                throw Self.refusal
            }
        }
        #expect(try !isUnchanged())
        #expect(try isUnchanged())
        // Readers change nothing.
        _ = try store.count("t.")
        _ = try other.read { connection throws(PlatformError) in try connection.count("t.") }
        #expect(try isUnchanged())
        try other.close()
    }
}
