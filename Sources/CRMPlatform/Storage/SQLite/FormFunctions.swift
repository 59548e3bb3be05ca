import CRMModel
import GRDBSQLite

/// The comparable forms as functions of SQL, so that filters compare as everything else does.
enum FormFunctions {
    /// Makes the functions known to a connection; text in, text out, null stays null.
    ///
    /// No schema may use them, so a file stays readable without this program.
    static func install(on handle: OpaquePointer) -> Int32 {
        for (index, form) in ComparableForm.allCases.enumerated() {
            let code = sqlite3_create_function_v2(
                handle,
                SQLiteDialect.function(of: form),
                1,
                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                UnsafeMutableRawPointer(bitPattern: index + 1),
                { context, _, values in
                    let form = ComparableForm.allCases[Int(bitPattern: sqlite3_user_data(context)) - 1]
                    guard let value = values?[0], let bytes = sqlite3_value_text(value) else {
                        return sqlite3_result_null(context)
                    }
                    // Most texts are their own form; making a string of each is what a filter without a key would cost.
                    if sqlite3_value_type(value) == SQLITE_TEXT,
                        form.keeps(UnsafeBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(value))))
                    {
                        return sqlite3_result_value(context, value)
                    }
                    let text = form.form(of: String(cString: bytes))
                    // The engine copies the text before the call returns.
                    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                    sqlite3_result_text(context, text, Int32(clamping: text.utf8.count), transient)
                },
                nil,
                nil,
                nil
            )
            guard code == SQLITE_OK else { return code }
        }
        return SQLITE_OK
    }
}
