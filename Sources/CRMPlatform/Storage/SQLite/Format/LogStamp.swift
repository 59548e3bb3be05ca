import CRMModel

/// What ties a write-ahead log to the state of the file that it was begun for.
///
/// The engine replays any sound log that lies beside a file. So the first transaction of each log, and the first of each
/// process in it, writes a new stamp into the head of the file (the field that once held a suggested size of the page
/// cache, which nobody reads). Its lower half is random, its upper half repeats the lower half of the stamp before. A log
/// belongs to a file whose stamp is the one before its first, or one of its own, of which a part is in the file already.
struct LogStamp: Sendable, Hashable {
    /// Where the stamp stands in the head of a file.
    static let offset = 48

    /// The number, 0 for a file that never had one.
    let value: UInt32

    /// Takes a stamp that was read.
    init(_ value: UInt32) { self.value = value }

    /// Makes the stamp that follows another one.
    init(after former: LogStamp) {
        value = (former.value & 0x7FFF) << 16 | UInt32.random(in: 1...0xFFFF)
    }

    /// Whether this stamp was made to follow another one.
    func follows(_ former: LogStamp) -> Bool { value >> 16 == former.value & 0x7FFF }
}

extension StoreConnection {
    /// Writes the next stamp; called within a write transaction.
    func stampLog() throws(PlatformError) {
        try withSchemaWork { () throws(PlatformError) in
            let cache = try integer("PRAGMA cache_size")
            // A negative number is the engine's own size, given when the field is empty.
            let former = LogStamp(UInt32(clamping: max(0, try integer("PRAGMA default_cache_size"))))
            try executeOnce("PRAGMA default_cache_size=\(LogStamp(after: former).value)")
            try executeOnce("PRAGMA cache_size=\(cache)")
        }
    }
}
