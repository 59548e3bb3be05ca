import GRDBSQLite

@testable import CRMRecords
@testable import CRMStorage

/// Counts the statements that a connection runs.
final class StatementCount {
    private(set) var count = 0
    private let handle: OpaquePointer

    /// Begins to count.
    init(on session: RecordSession) {
        handle = session.connection.handle
        sqlite3_trace_v2(
            handle,
            UInt32(SQLITE_TRACE_STMT),
            { _, context, _, _ in
                if let context { Unmanaged<StatementCount>.fromOpaque(context).takeUnretainedValue().count += 1 }
                return 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Begins anew.
    func clear() { count = 0 }

    /// Counts no more.
    func end() { sqlite3_trace_v2(handle, 0, nil, nil) }
}

/// How many statements `body` runs.
func statementsRun(on session: RecordSession, _ body: () throws -> Void) rethrows -> Int {
    let counter = StatementCount(on: session)
    defer { counter.end() }
    try body()
    return counter.count
}
