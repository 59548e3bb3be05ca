/// A set of signs, as a class of a pattern describes it.
struct ScalarSet: Sendable, Hashable {
    /// The kinds of signs that have names.
    enum Kind: Sendable, Hashable {
        case digit, word, blank
        /// A general category of Unicode by its short name: `L`, `Lu`, `Nd`.
        case category(String)
        /// Chinese characters.
        case han

        /// Whether a sign is of the kind.
        func contains(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .digit: return scalar.properties.generalCategory == .decimalNumber
            case .blank: return scalar.properties.isWhitespace
            case .word:
                if scalar.properties.isAlphabetic || scalar.properties.isJoinControl { return true }
                switch scalar.properties.generalCategory {
                case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark: return true
                default: return false
                }
            case .category(let name): return Self.shortName(scalar.properties.generalCategory).hasPrefix(name)
            case .han: return Self.hanRanges.contains { $0.contains(scalar.value) }
            }
        }

        private static let hanRanges: [ClosedRange<UInt32>] = [
            0x2E80...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFAD9, 0x16FE2...0x16FF1, 0x20000...0x2FA1F, 0x30000...0x323AF,
        ]

        /// The kind that `\p{name}` means, nil for one that is not known.
        init?(property name: String) {
            switch name {
            case "Han", "script=Han", "Script=Han", "sc=Han": self = .han
            case _ where Self.categories.contains(name): self = .category(name)
            default: return nil
            }
        }

        private static let categories: Set<String> = [
            "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps",
            "Pe",
            "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
        ]

        private static func shortName(_ category: Unicode.GeneralCategory) -> String {
            switch category {
            case .uppercaseLetter: "Lu"
            case .lowercaseLetter: "Ll"
            case .titlecaseLetter: "Lt"
            case .modifierLetter: "Lm"
            case .otherLetter: "Lo"
            case .nonspacingMark: "Mn"
            case .spacingMark: "Mc"
            case .enclosingMark: "Me"
            case .decimalNumber: "Nd"
            case .letterNumber: "Nl"
            case .otherNumber: "No"
            case .connectorPunctuation: "Pc"
            case .dashPunctuation: "Pd"
            case .openPunctuation: "Ps"
            case .closePunctuation: "Pe"
            case .initialPunctuation: "Pi"
            case .finalPunctuation: "Pf"
            case .otherPunctuation: "Po"
            case .mathSymbol: "Sm"
            case .currencySymbol: "Sc"
            case .modifierSymbol: "Sk"
            case .otherSymbol: "So"
            case .spaceSeparator: "Zs"
            case .lineSeparator: "Zl"
            case .paragraphSeparator: "Zp"
            case .control: "Cc"
            case .format: "Cf"
            case .surrogate: "Cs"
            case .privateUse: "Co"
            default: "Cn"
            }
        }
    }

    /// A part of the set.
    enum Part: Sendable, Hashable {
        case range(ClosedRange<UInt32>)
        case kind(Kind, isNegated: Bool)
    }

    private let parts: [Part]
    private let isNegated: Bool
    private let ignoresCase: Bool
    /// The first 128 signs, answered beforehand.
    private let low: UInt64
    private let high: UInt64

    init(_ parts: [Part], isNegated: Bool = false, ignoresCase: Bool) {
        self.parts = parts
        self.isNegated = isNegated
        self.ignoresCase = ignoresCase
        var bits: (UInt64, UInt64) = (0, 0)
        for number in UInt8(0)..<128
        where Self.holds(Unicode.Scalar(number), parts, ignoresCase) != isNegated {
            if number < 64 { bits.0 |= 1 << UInt64(number) } else { bits.1 |= 1 << UInt64(number - 64) }
        }
        (low, high) = bits
    }

    /// All signs but those that end a line.
    static let anyInLine = ScalarSet(
        [.range(0x0A...0x0D), .range(0x85...0x85), .range(0x2028...0x2029)],
        isNegated: true,
        ignoresCase: false
    )

    /// Whether a sign is in the set.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return low & (1 << UInt64(value)) != 0 }
        if value < 128 { return high & (1 << UInt64(value - 64)) != 0 }
        return Self.holds(scalar, parts, ignoresCase) != isNegated
    }

    private static func holds(_ scalar: Unicode.Scalar, _ parts: [Part], _ ignoresCase: Bool) -> Bool {
        if holds(scalar, parts) { return true }
        guard ignoresCase else { return false }
        for mapped in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
            let scalars = mapped.unicodeScalars
            if scalars.count == 1, let other = scalars.first, other != scalar, holds(other, parts) { return true }
        }
        return false
    }

    private static func holds(_ scalar: Unicode.Scalar, _ parts: [Part]) -> Bool {
        parts.contains { part in
            switch part {
            case .range(let range): range.contains(scalar.value)
            case .kind(let kind, let isNegated): kind.contains(scalar) != isNegated
            }
        }
    }
}
