import CRMModel
import CRMRecords
import CRMRuntime
import CRMScripting
import CRMStorage
import Foundation

/// A clock that stands still, so that expectations can name the day.
public struct FixedClock: CRMModel.Clock {
    /// The moment.
    public let now: Instant

    /// Makes a clock of an ISO moment; 2026-11-21 10:00 in China unless said otherwise.
    public init(_ iso: String = "2026-11-21T02:00:00Z") {
        now = Instant(iso: iso) ?? Instant(milliseconds: 0)
    }
}

/// A file in memory with metadata of a test, and sessions on it without plugins' code.
public final class TestCompany {
    /// The storage.
    package let store: any Store
    /// The catalog.
    package private(set) var catalog: Catalog = .empty
    /// What plugins contribute, none unless a test sets it.
    package var hooks: any HookDispatcher = NoHooks()
    /// Who may do what.
    package var access: any AccessPolicy = OpenAccess()
    /// As whom sessions run.
    package var principal = Principal.administrator
    /// The clock.
    public var clock: any CRMModel.Clock = FixedClock()

    /// Makes a company of metadata files, path → JSON.
    public init(_ files: [String: String], plugin: String = "test") throws {
        store = try SQLiteStore.inMemory()
        try install(files, plugin: plugin)
    }

    /// Installs a plugin of metadata files.
    public func install(_ files: [String: String], plugin: String = "test", depends: String = "{}") throws {
        var all = files.mapValues { Array($0.utf8) }
        all["plugin.json"] = Array(
            #"{"id":"\#(plugin)","version":"1.0.0","api":1,"type":"module","title":"T","depends":\#(depends)}"#.utf8
        )
        let package = try PluginPackage(files: all)
        let outcome = try store.write { connection throws(PlatformError) in
            try installer(connection).install([package])
        }
        catalog = outcome.plugins.catalog
    }

    /// Removes a plugin.
    public func uninstall(_ plugin: String) throws {
        guard let id = PluginID(rawValue: plugin) else { return }
        let outcome = try store.write { connection throws(PlatformError) in
            try installer(connection).uninstall(id)
        }
        catalog = outcome.plugins.catalog
    }

    private func installer(_ connection: StoreConnection) -> PluginInstaller {
        PluginInstaller(
            connection: connection,
            now: clock.now,
            zone: TimeZone(secondsFromGMT: 28_800) ?? .current
        )
    }

    /// Runs `body` in a transaction.
    @discardableResult
    package func write<T>(
        recorder: SaveRecorder? = nil,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try store.write { connection throws(PlatformError) -> T in try body(session(connection, recorder)) }
    }

    /// Runs `body` on the records as they are.
    package func read<T>(_ body: (RecordSession) throws(PlatformError) -> T) throws(PlatformError) -> T {
        try store.read { connection throws(PlatformError) -> T in try body(session(connection, nil)) }
    }

    private func session(_ connection: StoreConnection, _ recorder: SaveRecorder?) -> RecordSession {
        RecordSession(
            connection: connection,
            plans: ObjectPlans(catalog: catalog, dialect: store.dialect, timeZone: FileSettings.usualTimeZone),
            hooks: hooks,
            unit: UnitContext(principal),
            language: .zhCN,
            access: access,
            clock: clock,
            recorder: recorder
        )
    }

    /// Runs `body` and gives the error it throws, nil when it throws none.
    package func refusal<T>(_ body: () throws -> T) -> PlatformError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? PlatformError
        }
    }
}

/// An object name of a test's literal.
package func object(_ text: String) -> ObjectName {
    guard let name = ObjectName(rawValue: text) else { preconditionFailure("not an object name: \(text)") }
    return name
}

/// A field name of a test's literal.
package func field(_ text: String) -> FieldName {
    guard let name = FieldName(rawValue: text) else { preconditionFailure("not a field name: \(text)") }
    return name
}

extension RecordInput: ExpressibleByDictionaryLiteral {
    /// An input of texts as people type them, for tests.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, text) in elements { append(field(name), .text(text)) }
    }
}
