/// Limits of texts that are told in characters, in bytes: a character may be a letter with thousands of marks on it.
package enum TextLimits {
    /// The bytes that so many characters may take: eight each, and some more for a few that are put together of many.
    package static func bytes(forCharacters limit: Int) -> Int {
        let (product, overflow) = limit.multipliedReportingOverflow(by: 8)
        return overflow ? .max : product.addingReportingOverflow(64).partialValue
    }

    /// The beginning of a text: at most so many characters, and at most the bytes that these may take.
    package static func prefix(_ text: String, characters limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        let bytes = bytes(forCharacters: limit)
        return String((text.utf8.count > bytes ? Substring(cut(text, bytes: bytes)) : Substring(text)).prefix(limit))
    }

    /// As ``prefix(_:characters:)``, with `…` behind when something was left out.
    package static func shown(_ text: String, characters limit: Int) -> String {
        let start = prefix(text, characters: limit)
        return start.utf8.count < text.utf8.count ? start + "…" : text
    }

    /// The whole scalars within the first so many bytes of a text.
    package static func cut(_ text: String, bytes limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: max(limit, 0))
        while end > text.startIndex, text.unicodeScalars.index(after: text.unicodeScalars.index(before: end)) != end {
            end = text.utf8.index(before: end)
        }
        return String(text.unicodeScalars[..<end])
    }
}
