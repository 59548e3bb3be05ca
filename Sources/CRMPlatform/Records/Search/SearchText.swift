import CRMModel

/// A text in search form, taken apart into the signs that are searched.
struct SearchText {
    /// A letter, a digit or a sign of a script that is written without blanks.
    struct Sign {
        /// The sign as it is compared.
        let folded: Unicode.Scalar
        /// The sign in its own script, which has its own sound.
        let original: Unicode.Scalar
        /// Whether it is of a script that is written without blanks between words.
        let isWide: Bool
        /// Whether it stands directly behind the sign before.
        let isGlued: Bool
    }

    private enum Kind {
        case wide
        case word
        /// Brackets, dots, dashes, quotation marks: parts words of letters and digits, not names.
        case joint
        case blank
        /// The end of a sentence, a line or an item of a list.
        case end
    }

    /// The signs between the ends of sentences and lines.
    private(set) var stretches: [[Sign]] = []

    /// Takes a text apart; `splitsAtBlanks` as what somebody types to search, where blanks stand between things that may
    /// stand anywhere.
    init(_ text: String, splitsAtBlanks: Bool = false) {
        var stretch: [Sign] = []
        var isGlued = false
        for scalar in TextNormalisation.searchForm(text, keepingScript: true).unicodeScalars {
            let kind = Self.kind(scalar)
            switch kind {
            case .wide, .word:
                let isWide = kind == .wide
                stretch.append(
                    Sign(
                        folded: isWide ? TextNormalisation.folded(scalar) : scalar,
                        original: scalar,
                        isWide: isWide,
                        isGlued: isGlued
                    )
                )
                isGlued = true
            case .blank where splitsAtBlanks, .end:
                if !stretch.isEmpty { stretches.append(stretch) }
                stretch = []
                isGlued = false
            case .joint, .blank: isGlued = false
            }
        }
        if !stretch.isEmpty { stretches.append(stretch) }
    }

    /// The text without all that is not searched, the stretches as lines.
    var squeezed: String { stretches.map(Self.text).joined(separator: "\n") }

    /// The signs of a stretch as text.
    static func text(_ signs: some Sequence<Sign>) -> String {
        var view = String.UnicodeScalarView()
        for sign in signs { view.append(sign.folded) }
        return String(view)
    }

    /// The signs parted where one kind ends: words of letters and digits, and what is written without blanks; within
    /// words also where signs stand between.
    static func runs(_ signs: [Sign]) -> [ArraySlice<Sign>] {
        var runs: [ArraySlice<Sign>] = []
        var start = 0
        for index in signs.indices.dropFirst() {
            let (before, sign) = (signs[index - 1], signs[index])
            if before.isWide != sign.isWide || (!sign.isWide && (!sign.isGlued || index - start >= wordLimit)) {
                runs.append(signs[start..<index])
                start = index
            }
        }
        if start < signs.count { runs.append(signs[start...]) }
        return runs
    }

    /// How many signs a word has at most; longer ones count as several.
    static let wordLimit = 64

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: return .word
        case 0x0A, 0x0B, 0x0C, 0x0D, 0x21, 0x2C, 0x3B, 0x3F, 0x2028, 0x2029: return .end
        case 0..<0x80: return scalar.value == 0x20 || scalar.value == 0x09 ? .blank : .joint
        // 。、 and their half-width forms.
        case 0x3001, 0x3002, 0xFF61, 0xFF64: return .end
        default: break
        }
        if TextNormalisation.isWide(scalar) { return .wide }
        if TextNormalisation.isInvisible(scalar) { return .blank }
        let properties = scalar.properties
        if properties.isAlphabetic || properties.numericType != nil { return .word }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return .word
        default: return .joint
        }
    }
}
