import CRMModel
import CRMStorage
import Foundation

/// A folder of its own for one test, removed when the test has ended.
final class StoreFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("crm-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in the folder.
    func path(_ name: String = "acme.crm") -> String { url.appendingPathComponent(name).path }

    /// The names of the files in the folder, sorted.
    var contents: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }

    /// All bytes of a file.
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }
}

extension StoreOptions {
    /// Options that give up after so many milliseconds.
    static func timeout(_ milliseconds: Int) -> StoreOptions {
        var options = StoreOptions()
        options.timeoutMilliseconds = milliseconds
        return options
    }
}

extension StoreConnection {
    /// Writes a line into the table of settings, which serves as a plain table here.
    func put(_ key: String, _ value: String) throws(PlatformError) {
        let statement = try statement("INSERT INTO crmMeta(key, value) VALUES(?1, ?2)")
        statement.bind(key, at: 1)
        statement.bind(value, at: 2)
        try statement.execute()
    }

    /// How many lines with keys that begin so there are.
    func count(_ prefix: String) throws(PlatformError) -> Int64 {
        let statement = try statement("SELECT count(*) FROM crmMeta WHERE key LIKE ?1 || '%'")
        defer { statement.reset() }
        statement.bind(prefix, at: 1)
        return try statement.step() ? statement.int64(0) : -1
    }
}

extension SQLiteStore {
    /// Writes one line in a transaction of its own.
    func put(_ key: String) throws(PlatformError) {
        try write { connection throws(PlatformError) in try connection.put(key, "1") }
    }

    /// Counts lines in a view of its own.
    func count(_ prefix: String) throws(PlatformError) -> Int64 {
        try read { connection throws(PlatformError) in try connection.count(prefix) }
    }
}
