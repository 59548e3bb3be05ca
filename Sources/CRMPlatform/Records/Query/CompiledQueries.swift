import CRMModel

/// Queries that were compiled already, for callers that ask the same in one unit of work after the other: of one
/// catalog, since the names in a query mean something only in it.
struct CompiledQueries {
    /// What a compiled query depends on.
    struct Key: Hashable {
        private let query: Query
        private let access: AccessIdentity?
        private let today: CalendarDate
        private let zone: ObjectIdentifier

        /// The key of a query, nil when it may mention the moment, which is another one each time.
        ///
        /// It is that of all who have the same rights; who asks is bound when the query runs.
        init?(_ query: Query, access: AccessIdentity?, environment: QueryEnvironment) {
            if let filter = query.filter, Self.mayMentionNow(filter) { return nil }
            self.query = query
            self.access = access
            today = environment.today
            zone = ObjectIdentifier(ZoneDays.of(environment.timeZone))
        }

        /// Whether the letters of `now` stand in a text, in either case, or any sign that could be a full-width letter.
        private static func mayMentionNow(_ text: String) -> Bool {
            var seen: UInt32 = 0
            for byte in text.utf8 {
                if byte == 0xEF { return true }
                seen = (seen << 8 | UInt32(byte | 0x20)) & 0xFF_FFFF
                if seen == 0x6E_6F77 { return true }
            }
            return false
        }
    }

    /// How many are kept before all are let go and it begins anew.
    private static let limit = 256

    private var known: [Key: CompiledQuery] = [:]

    /// The compiled form under a key.
    subscript(key: Key) -> CompiledQuery? {
        get { known[key] }
        set {
            if known.count >= Self.limit { known.removeAll() }
            known[key] = newValue
        }
    }
}
