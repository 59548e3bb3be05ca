/// Names for engines that cut long ones off, where two that begin alike would meet.
enum ShortName {
    /// How many bytes of a long name stay.
    private static let kept = 50
    /// How many digits of a digest stand behind.
    private static let digits = 8

    /// The text, or its beginning with a digest of all of it: at most 59 bytes.
    ///
    /// Every text that is shortened comes out with 59 bytes, and every other has less, so that the two never meet.
    static func of(_ text: String) -> String {
        guard text.utf8.count >= kept + 1 + digits else { return text }
        // Names are of ASCII, so that no sign is cut in two.
        return digested(String(decoding: text.utf8.prefix(kept), as: UTF8.self), of: text)
    }

    /// A beginning with a digest of a text behind.
    static func digested(_ beginning: String, of text: String) -> String {
        beginning + "_" + SHA256.hexDigest(Array(text.utf8)).prefix(digits)
    }
}
