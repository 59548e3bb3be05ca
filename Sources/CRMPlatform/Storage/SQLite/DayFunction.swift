import CRMModel
import GRDBSQLite

/// The day of a moment in a time zone as a function of SQL: the database itself knows fixed offsets only, and a zone's offset
/// is another in summer.
enum DayFunction {
    /// Makes `crm_day(moment, zone)` known to a connection: an ISO day for an ISO moment; null for null, outside the
    /// calendar and for a zone that is not known.
    ///
    /// No schema may use it, so a file stays readable without this program.
    static func install(on handle: OpaquePointer) -> Int32 {
        sqlite3_create_function_v2(
            handle,
            SQLiteDialect.dayFunction,
            2,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
            nil,
            { context, _, values in
                guard let context, let values, let bytes = sqlite3_value_text(values[0]),
                    let moment = Instant(isoBytes: bytes, count: Int(sqlite3_value_bytes(values[0]))),
                    let day = DayFunction.zone(context, values[1])?.day(of: moment)
                else { return sqlite3_result_null(context) }
                var text: [UInt8] = []
                day.write(into: &text)
                // The engine copies the text before the call returns.
                let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                text.withUnsafeBytes { text in
                    sqlite3_result_text(
                        context,
                        text.baseAddress?.assumingMemoryBound(to: CChar.self),
                        Int32(clamping: text.count),
                        transient
                    )
                }
            },
            nil,
            nil,
            nil
        )
    }

    /// The zone that the second argument names, looked for once in each run of a statement.
    private static func zone(_ context: OpaquePointer, _ argument: OpaquePointer?) -> ZoneDays? {
        if let known = sqlite3_get_auxdata(context, 1) {
            return Unmanaged<ZoneDays>.fromOpaque(known).takeUnretainedValue()
        }
        guard let name = sqlite3_value_text(argument), let zone = ZoneDays.named(String(cString: name)) else {
            return nil
        }
        sqlite3_set_auxdata(context, 1, Unmanaged.passRetained(zone).toOpaque()) { known in
            if let known { Unmanaged<ZoneDays>.fromOpaque(known).release() }
        }
        return zone
    }
}
