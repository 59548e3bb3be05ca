import CRMModel

/// Turns texts into the tokens of the index, and searches into expressions over them.
///
/// Chinese is indexed by characters and pairs of characters, so that one and two of them are found; by the pinyin
/// initials from each character on (`ⓟhdyy`); Latin words by their beginnings; long digits by every tail, so that the
/// last digits of a telephone number find it.
enum SearchTokens {
    /// The sign before pinyin initials, which keeps them apart from words.
    private static let pinyinMark = "ⓟ"
    private static let initialsLimit = 16
    private static let combinationLimit = 4
    private static let digitTail = 4
    private static let longDigits = 6...24

    /// A stretch of a text whose characters are of one kind.
    private enum Run {
        case wide([Character])
        case word(String)
    }

    /// The tokens of a text in search form, joined by blanks.
    static func tokens(of text: String) -> String {
        var seen: Set<String> = []
        var result = ""
        func add(_ token: String) {
            guard seen.insert(token).inserted else { return }
            if !result.isEmpty { result += " " }
            result += token
        }
        for run in runs(text) {
            switch run {
            case .word(let word):
                add(word)
                if longDigits.contains(word.utf8.count), word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                    for start in 1...(word.count - digitTail) { add(String(word.dropFirst(start))) }
                }
            case .wide(let characters):
                for (index, character) in characters.enumerated() {
                    add(String(character))
                    if index + 1 < characters.count { add(String(character) + String(characters[index + 1])) }
                }
                for initials in Pinyin.initials(of: String(characters.prefix(40))).prefix(combinationLimit) {
                    for start in 0..<min(initials.count, initialsLimit) {
                        add(pinyinMark + initials.dropFirst(start).prefix(initialsLimit))
                    }
                }
            }
        }
        return result
    }

    /// The expression that finds what somebody typed, and the pieces that a document must really contain; nil when
    /// nothing but signs was typed.
    static func query(_ typed: String) -> (expression: String, pieces: [String])? {
        var parts: [String] = []
        var pieces: [String] = []
        for run in runs(TextNormalisation.searchForm(typed)) {
            switch run {
            case .word(let word):
                let isLetters = word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
                parts.append(isLetters ? "(\"\(word)\"* OR \"\(pinyinMark)\(word)\"*)" : "\"\(word)\"*")
            case .wide(let characters) where characters.count == 1:
                parts.append("\"\(characters[0])\"")
            case .wide(let characters):
                for index in characters.indices.dropLast() {
                    parts.append("\"\(characters[index])\(characters[index + 1])\"")
                }
                if characters.count > 2 { pieces.append(String(characters)) }
            }
            if parts.count > 64 { break }
        }
        return parts.isEmpty ? nil : (parts.joined(separator: " AND "), pieces)
    }

    private static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        var wide: [Character] = []
        var word = ""
        func flush() {
            if !wide.isEmpty { runs.append(.wide(wide)) }
            if !word.isEmpty { runs.append(.word(word)) }
            wide = []
            word = ""
        }
        for character in text {
            if isWide(character) {
                if !word.isEmpty { flush() }
                wide.append(character)
            } else if character.isLetter || character.isNumber, character.utf8.count <= 4 {
                if !wide.isEmpty { flush() }
                word.append(character)
                if word.utf8.count >= 64 { flush() }
            } else {
                flush()
            }
        }
        flush()
        return runs
    }

    /// Whether a character belongs to a script that is written without blanks between words.
    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        switch scalar.value {
        case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0x20000...0x323AF:
            return true
        default:
            return false
        }
    }
}
