import CRMModel
import CRMStorage
import Foundation
import Testing

/// Several processes on one file.
struct ProcessTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    @Test("of several processes one writes at a time, and every commit of each is there")
    func oneWriter() async throws {
        var options = StoreOptions()
        // A checkpoint with nearly every commit, so that they meet the other processes' writes.
        options.checkpointPages = 4
        let store = try SQLiteStore.create(path: folder.path(), options: options)
        let path = folder.path()
        async let first = #expect(processExitsWith: .success) { [path = path as String] in
            try work(path: path, worker: "a", rounds: 60)
        }
        async let second = #expect(processExitsWith: .success) { [path = path as String] in
            try work(path: path, worker: "b", rounds: 60)
        }
        async let third = #expect(processExitsWith: .success) { [path = path as String] in
            try work(path: path, worker: "c", rounds: 60)
        }
        for round in 0..<60 { try store.put("t.own.\(round)") }
        _ = await (first, second, third)
        #expect(try store.count("t.") == 240)
        let findings = try store.read { connection throws(PlatformError) in
            try IntegrityCheck.findings(on: connection)
        }
        #expect(findings.isEmpty)
        try store.close()
        #expect(folder.contents == ["acme.crm", "acme.crm-lock"])
    }

    @Test("a process that ends without closing leaves its commits, and the lock to others")
    func suddenEnd() async throws {
        let path = folder.path()
        try SQLiteStore.create(path: path).close()
        await #expect(processExitsWith: .failure) { [path = path as String] in
            let store = try SQLiteStore.open(path: path)
            try store.put("t.kept")
            try store.write { connection throws(PlatformError) in
                try connection.put("t.lost", "1")
                exit(5)
            }
        }
        let store = try SQLiteStore.open(path: path)
        #expect(try store.count("t.") == 1)
        try store.put("t.more")
        try store.close()
    }
}

/// Writes so many lines, each in a transaction of its own, and ends with an error when another process was within
/// a transaction at the same time: whoever is in one holds a file that can be made but once.
private func work(path: String, worker: String, rounds: Int) throws {
    let store = try SQLiteStore.open(path: path)
    let mark = path + ".inside"
    for round in 0..<rounds {
        try store.write { connection throws(PlatformError) in
            let descriptor = open(mark, O_CREAT | O_EXCL | O_WRONLY, 0o600)
            if descriptor < 0 { exit(3) }
            close(descriptor)
            // The lock is held now, so that nobody else gets it, neither for a write nor for a checkpoint.
            let lock = open(path + "-lock", O_RDWR)
            if lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0 { exit(4) }
            close(lock)
            try connection.put("t.\(worker).\(round)", String(repeating: "x", count: 3000))
            unlink(mark)
        }
    }
    try store.close()
}
