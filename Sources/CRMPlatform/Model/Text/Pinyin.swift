/// Chinese texts by their sound: initials for search, spellings and keys for sorting.
public enum Pinyin {
    /// The greatest number of forms that `initials` gives for one text.
    public static let maximumForms = 16

    /// The initials of a text, one for each way of reading it: 厦门 gives `sm` and `xm`.
    ///
    /// Han characters give the first letter of each of their readings, ASCII letters and digits (also full-width ones)
    /// stand for themselves in lower case, everything else is left out. The commonest readings come first; at most
    /// `maximumForms` are given. A text with nothing to spell gives none.
    public static func initials(of text: some StringProtocol) -> [String] {
        var forms: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let letters = initials(of: scalar)
            guard !letters.isEmpty else { continue }
            if letters.count == 1 {
                for index in forms.indices { forms[index].append(letters[0]) }
                continue
            }
            var next: [[UInt8]] = []
            for letter in letters {
                for form in forms where next.count < maximumForms { next.append(form + [letter]) }
            }
            forms = next
        }
        return forms.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
        let value = TextNormalisation.halfWidth(scalar).value
        switch value {
        case 0x30...0x39, 0x61...0x7A: return UInt8(value)
        case 0x41...0x5A: return UInt8(value) | 0x20
        default: return nil
        }
    }

    /// The spellings of one character, the commonest first; a letter or digit stands for itself, other signs have none.
    package static func spellings(of scalar: Unicode.Scalar) -> [[UInt8]] {
        if let byte = plain(scalar) { return [[byte]] }
        return PinyinTable.syllables(of: scalar).map { Array(PinyinTable.spelling(of: $0)) }
    }

    /// The initials of one character, the commonest first; a letter or digit stands for itself, other signs have none.
    package static func initials(of scalar: Unicode.Scalar) -> [UInt8] {
        if let byte = plain(scalar) { return [byte] }
        var letters: [UInt8] = []
        for syllable in PinyinTable.syllables(of: scalar) {
            guard let first = PinyinTable.spelling(of: syllable).first, !letters.contains(first) else { continue }
            letters.append(first)
        }
        return letters
    }
}
