import CRMModel

/// The tokens of the index for one record.
///
/// Chinese is indexed by characters and pairs of characters, across brackets, dots and blanks, so that one and two of them
/// are found; by the pinyin initials from each character on, going on over letters and digits (`ⓟhdyy`, `ⓟ3mzg`); Latin
/// words by their beginnings, also joined to those behind; long digits by every tail, so that the last digits of a
/// telephone number find it; a title or code as a whole (`ⓔ`), so that what is typed exactly comes first; a title also by its pinyin (`ⓢ`).
struct SearchTokens {
    /// The sign before pinyin initials, which keeps them apart from words.
    static let pinyinMark = "ⓟ"
    /// The sign before a whole title or code.
    static let wholeMark = "ⓔ"
    /// The sign before the whole pinyin of a title.
    static let spellingMark = "ⓢ"
    private static let spelledStarts = 8
    private static let spelledSigns = 6
    private static let spelledForms = 4
    private static let initialsLimit = 16
    private static let startsLimit = 24
    private static let formsLimit = 8
    private static let digitTail = 4
    private static let longDigits = 6...24
    private static let joinedWords = 2...8
    private static let wholeLimit = 60

    private var seen: Set<String> = []
    /// The tokens, joined by blanks.
    private(set) var text = ""

    private mutating func add(_ token: String) {
        guard seen.insert(token).inserted else { return }
        if !text.isEmpty { text += " " }
        text += token
    }

    /// Adds the tokens of a text.
    mutating func add(_ searched: SearchText) {
        for stretch in searched.stretches {
            let runs = SearchText.runs(stretch)
            for run in runs where run.first?.isWide == true {
                for index in run.indices {
                    add(String(run[index].folded))
                    if index + 1 < run.endIndex { add(SearchText.text(run[index...index + 1])) }
                }
            }
            addWords(runs)
            if runs.contains(where: { $0.first?.isWide == true }) { addInitials(stretch) }
        }
    }

    /// Adds a telephone number.
    mutating func add(_ number: PhoneNumber) {
        let digits = number.number.hasPrefix("+") ? String(number.number.dropFirst()) : number.number
        if !digits.isEmpty { addWord(digits) }
        if !number.extensionDigits.isEmpty { add(number.extensionDigits) }
    }

    /// Adds a text as one.
    mutating func addWhole(_ searched: SearchText) {
        if let token = Self.whole(searched) { add(token) }
    }

    /// Adds the spellings of a title in pinyin, from each of its first characters on (`ⓢhongdanongye`).
    mutating func addSpellings(_ searched: SearchText) {
        for stretch in searched.stretches.prefix(2) where stretch.contains(where: \.isWide) {
            let sounds = stretch.prefix(Self.spelledStarts + Self.spelledSigns).map {
                Pinyin.spellings(of: $0.original)
            }
            for start in sounds.indices.prefix(Self.spelledStarts) where stretch[start].isWide || start == 0 {
                var forms: [[UInt8]] = [[]]
                for choices in sounds[start...].prefix(Self.spelledSigns) where !choices.isEmpty {
                    var next: [[UInt8]] = []
                    for sound in choices {
                        for form in forms where next.count < Self.spelledForms { next.append(form + sound) }
                    }
                    forms = next
                }
                for form in forms where !form.isEmpty { add(Self.spellingMark + String(decoding: form, as: UTF8.self)) }
            }
        }
    }

    /// The token of a text as one; nil when nothing of it is searched.
    static func whole(_ searched: SearchText) -> String? {
        let signs = searched.stretches.joined().prefix(wholeLimit)
        return signs.isEmpty ? nil : wholeMark + SearchText.text(signs)
    }

    /// The words one by one, and those with nothing but signs and blanks between also joined, from each word on.
    private mutating func addWords(_ runs: [ArraySlice<SearchText.Sign>]) {
        var group: [String] = []
        for run in runs {
            if run.first?.isWide == true {
                addJoined(group)
                group = []
            } else {
                let word = SearchText.text(run)
                addWord(word)
                group.append(word)
            }
        }
        addJoined(group)
    }

    private mutating func addJoined(_ words: [String]) {
        guard Self.joinedWords.contains(words.count) else { return }
        for start in words.indices.dropLast() {
            let joined = words[start...].joined()
            addWord(joined.utf8.count > SearchText.wordLimit ? String(joined.prefix(SearchText.wordLimit)) : joined)
        }
    }

    private mutating func addWord(_ word: String) {
        add(word)
        let bytes = word.utf8
        guard Self.longDigits.contains(bytes.count), bytes.allSatisfy({ 0x30...0x39 ~= $0 }) else { return }
        for start in 1...(bytes.count - Self.digitTail) { add(String(word.dropFirst(start))) }
    }

    /// The initials from each character on, and from the beginning of each word.
    private mutating func addInitials(_ stretch: [SearchText.Sign]) {
        let letters = stretch.prefix(Self.startsLimit + Self.initialsLimit).map { Pinyin.initials(of: $0.original) }
        var starts = 0
        for index in letters.indices {
            let sign = stretch[index]
            let isStart = sign.isWide || index == 0 || stretch[index - 1].isWide || !sign.isGlued
            guard isStart, !letters[index].isEmpty else { continue }
            starts += 1
            guard starts <= Self.startsLimit else { return }
            var forms: [[UInt8]] = [[]]
            for choices in letters[index...].prefix(Self.initialsLimit) {
                guard choices.count > 1 else {
                    if let only = choices.first { for form in forms.indices { forms[form].append(only) } }
                    continue
                }
                var next: [[UInt8]] = []
                for letter in choices {
                    for form in forms where next.count < Self.formsLimit { next.append(form + [letter]) }
                }
                forms = next
            }
            for form in forms { add(Self.pinyinMark + String(decoding: form, as: UTF8.self)) }
        }
    }
}
