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
                SQLDialect.function(of: form),
                1,
                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                UnsafeMutableRawPointer(bitPattern: index + 1),
                { context, _, values in
                    let index = Int(bitPattern: sqlite3_user_data(context)) - 1
                    guard let bytes = values.flatMap({ sqlite3_value_text($0[0]) }) else {
                        return sqlite3_result_null(context)
                    }
                    let form = ComparableForm.allCases[index].form(of: String(cString: bytes))
                    // The engine copies the text before the call returns.
                    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                    sqlite3_result_text(context, form, Int32(clamping: form.utf8.count), transient)
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
