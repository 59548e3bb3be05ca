/// Reads JSON as RFC 8259 defines it, within limits; a byte order mark before it is passed over.
///
/// Refused besides what is not JSON: a key twice in one object (also when one is escaped), UTF-16,
/// half surrogates, U+0000 and everything beyond the limits. A refusal says where.
public enum JSONParser {
    /// Reads a document.
    ///
    /// - Throws: `JSONError` with the first offence.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { run($0, limits) }.get()
    }

    /// Reads a document.
    ///
    /// - Throws: `JSONError` with the first offence.
    public static func parse(
        _ bytes: UnsafeRawBufferPointer,
        limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONValue {
        try bytes.withMemoryRebound(to: UInt8.self) { run($0, limits) }.get()
    }

    /// Reads a document.
    ///
    /// - Throws: `JSONError` with the first offence.
    public static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        var text = text
        return try text.withUTF8 { run($0, limits) }.get()
    }

    private static func run(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ limits: JSONLimits
    ) -> Result<JSONValue, JSONError> {
        var scanner = JSONScanner(bytes: bytes, limits: limits)
        do {
            return .success(try scanner.document())
        } catch {
            return .failure(error)
        }
    }
}
