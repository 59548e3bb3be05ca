package import CRMModel

/// How the cells of an exported row were written, where their texts say less than the record: labels and titles may be others
/// by the time the row comes back, and the clocks of a time zone show moments of which the text names no zone.
///
/// In the mark of the row it follows on the digest of the history: `z:Asia/Shanghai c:3k09xq8f02mn`.
package struct WrittenCells: Sendable, Hashable {
    /// The identifier of the time zone whose clocks the moments of the row show; nil when they name theirs.
    package let zone: String?
    private var digests: [String] = []

    /// How many signs know a text again; that an edited one has the same is out of the question in any one file.
    private static let signs = 6

    /// A row of which nothing is written yet.
    package init(zone: String?) {
        self.zone = zone
    }

    /// Reads the words of a mark; nil when they are none of an export.
    init?(words: [Substring]) {
        var zone: String?
        for word in words {
            let body = word.dropFirst(2)
            switch word.prefix(2) {
            case "z:" where !body.isEmpty && zone == nil: zone = String(body)
            case "c:" where body.utf8.count % Self.signs == 0 && digests.isEmpty:
                var rest = body
                while !rest.isEmpty {
                    digests.append(String(rest.prefix(Self.signs)))
                    rest = rest.dropFirst(Self.signs)
                }
            default: return nil
            }
        }
        self.zone = zone
    }

    /// Whether labels and titles stand in the row, as people read them.
    var isForPeople: Bool { !digests.isEmpty }

    /// Whether nothing needs to be known.
    var isEmpty: Bool { zone == nil && digests.isEmpty }

    /// The words of the mark.
    var text: String {
        var words = zone.map { ["z:\($0)"] } ?? []
        if !digests.isEmpty { words.append("c:" + digests.joined()) }
        return words.joined(separator: " ")
    }

    /// Notes the label or title that was written for a field.
    package mutating func note(_ text: String, of field: FieldName) {
        digests.append(Self.digest(text, field))
    }

    /// Whether a text is the label or title that was written for a field.
    func has(_ text: String, of field: FieldName) -> Bool {
        !digests.isEmpty && digests.contains(Self.digest(text, field))
    }

    private static func digest(_ text: String, _ field: FieldName) -> String {
        var digest = TextDigest()
        digest.add(field.rawValue)
        digest.add(TextNormalisation.trimmed(text))
        return digest.text(signs: signs)
    }
}
