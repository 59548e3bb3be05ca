internal import CRMModel

/// A number format that shows words beside or between the digits: `0.0"t"`, `"A"000`, `000-0000-0000`.
///
/// What stands beside a number is a unit of it like one that is typed, and where digits are a text it is part of the text.
/// Formats that show no more than currencies, ten thousands, signs and blanks are no patterns (``CellUnit``).
struct CellPattern: Hashable {
    private let sections: [Section]

    /// Reads a format code; nil when none of its sections shows other words.
    init?(code: String) {
        var all = Section.parts(of: code).prefix(4).map { Section($0) }
        if all.count == 4 || all.last?.isOfTexts == true { all.removeLast() }
        guard all.contains(where: { $0.hasWords || $0.isChinese }) else { return nil }
        sections = all
    }

    /// What the sheet shows of a number.
    ///
    /// - Returns: What fields of numbers are given, and what others are: nil when it cannot be told what is shown. No shown
    ///   number at all when nothing is shown beside it.
    func shown(_ number: CellNumber) -> CellShown? {
        guard let (section, isNegative) = section(for: number) else { return nil }
        guard section.hasWords else {
            if section.isChinese { return CellShown(number: number.text(), text: nil) }
            return section.unit?.shown(number)
        }
        let text = section.rendered(number, isNegative: isNegative)
        guard section.hasDigits else { return CellShown(number: number.text(), text: text) }
        if section.isParted { return CellShown(number: text ?? "\"\(section.words.joined())\"", text: text) }
        // What stands beside it is a unit of the number as it is shown.
        return CellShown(number: section.beside(number), text: text)
    }

    /// The section that a number is shown by, and whether a minus sign stands before it.
    private func section(for number: CellNumber) -> (section: Section, isNegative: Bool)? {
        guard let first = sections.first else { return nil }
        if sections.contains(where: { $0.condition != nil }) {
            let value = Double(number.text()) ?? 0
            let found = sections.first { $0.condition?.holds(value) ?? true }
            return found.map { ($0, number.isNegative) }
        }
        if sections.count > 1, number.isNegative { return (sections[1], false) }
        if sections.count > 2, number.digits.isEmpty { return (sections[2], false) }
        return (first, number.isNegative)
    }
}

/// What a cell shows of its number.
struct CellShown: Hashable {
    /// What fields of numbers are given.
    let number: String
    /// What other fields are given; nil when it cannot be told what the sheet shows.
    let text: String?
    /// What fields counted in ten thousands or another multiple are given of a number that is shown smaller than it is.
    ///
    /// `12.5万` of 125000; nil when it is shown as it is.
    var multiple: String?
}

extension CellNumber {
    /// The number without an exponent.
    func text(shift: Int = 0) -> String {
        var bytes: [UInt8] = []
        write(into: &bytes, shift: shift)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension CellPattern {
    /// What a section of a format is made of.
    enum Token: Hashable {
        /// A text that is shown, with the locale of a currency.
        case text(String, locale: String)
        /// A place for a digit: `0`, `#` or `?`.
        case digit(Unicode.Scalar)
        case point
        /// A comma between places of digits.
        case group
        /// A comma behind them, by which the number is shown a thousand times smaller.
        case shrink
        case percent
        /// The number as it is.
        case general

        var isDigit: Bool {
            switch self {
            case .digit, .general: true
            default: false
            }
        }
    }

    /// For which numbers a section is.
    struct Condition: Hashable {
        let sign: String
        let bound: Double

        init?(_ text: String) {
            let sign = String(text.prefix { "<>=".contains($0) })
            guard !sign.isEmpty, let bound = Double(text.dropFirst(sign.count)) else { return nil }
            (self.sign, self.bound) = (sign, bound)
        }

        func holds(_ value: Double) -> Bool {
            switch sign {
            case "<": value < bound
            case "<=": value <= bound
            case ">": value > bound
            case ">=": value >= bound
            case "<>": value != bound
            default: value == bound
            }
        }
    }

    /// One of the parts between semicolons.
    struct Section: Hashable {
        private(set) var condition: Condition?
        private(set) var isOfTexts = false
        /// Whether it shows numbers in a way that is not known here: fractions, exponents, Chinese digits.
        var isStrange = false
        /// Whether it shows numbers in Chinese digits.
        var isChinese = false
        var tokens: [Token] = []

        /// The sections of a code, without looking into texts in quotation marks.
        static func parts(of code: String) -> [Substring] {
            var parts: [Substring] = []
            var start = code.startIndex
            var isQuoted = false
            var isEscaped = false
            for index in code.indices {
                let sign = code[index]
                defer { isEscaped = !isQuoted && !isEscaped && (sign == "\\" || sign == "!") }
                if isEscaped { continue }
                if sign == "\"" { isQuoted.toggle() }
                guard sign == ";", !isQuoted else { continue }
                parts.append(code[start..<index])
                start = code.index(after: index)
            }
            return parts + [code[start...]]
        }

        init(_ code: Substring) {
            let signs = Array(code.unicodeScalars)
            var index = 0
            while index < signs.count {
                read(signs, &index)
                index += 1
            }
        }

        private mutating func read(_ signs: [Unicode.Scalar], _ index: inout Int) {
            func text(_ range: Range<Int>) -> String {
                String(String.UnicodeScalarView(signs[range]))
            }
            let next = index + 1 < signs.count ? signs[index + 1] : " "
            switch signs[index] {
            case "\"":
                let end = signs[(index + 1)...].firstIndex(of: "\"") ?? signs.count
                add(text(min(index + 1, end)..<end))
                index = end
            case "!", "\\":
                index += 1
                if index < signs.count { add(text(index..<(index + 1))) }
            case "_", "*": index += 1
            case "[":
                let end = signs[index...].firstIndex(of: "]") ?? signs.count
                bracket(text(min(index + 1, end)..<end))
                index = end
            case "0", "#", "?": tokens.append(.digit(signs[index]))
            case ".": tokens.append(.point)
            case ",": tokens.append(["0", "#", "?"].contains(next) ? .group : .shrink)
            case "%": tokens.append(.percent)
            case "@": isOfTexts = true
            case _ where (signs[index] == "E" || signs[index] == "e") && (next == "+" || next == "-"):
                isStrange = true
                index += 1
            case "/" where tokens.last?.isDigit == true && (next == "#" || next == "?" || 0x30...0x39 ~= next.value):
                isStrange = true
                while index + 1 < signs.count, 0x30...0x39 ~= signs[index + 1].value { index += 1 }
            case _ where text(index..<min(index + 7, signs.count)).lowercased() == "general":
                tokens.append(.general)
                index += 6
            default: add(text(index..<(index + 1)))
            }
        }

        private mutating func bracket(_ word: String) {
            if let condition = Condition(word) {
                self.condition = condition
            } else if word.hasPrefix("$") {
                let body = word.dropFirst()
                guard let hyphen = body.lastIndex(of: "-") else { return add(String(body)) }
                add(String(body[..<hyphen]), locale: body[body.index(after: hyphen)...].lowercased())
            } else if word.lowercased().hasPrefix("dbnum") {
                isStrange = true
                isChinese = true
            }
        }

        private mutating func add(_ text: String, locale: String = "") {
            guard !text.isEmpty else { return }
            if case .text(let before, let other)? = tokens.last, other.isEmpty, locale.isEmpty {
                tokens[tokens.count - 1] = .text(before + text, locale: "")
            } else {
                tokens.append(.text(text, locale: locale))
            }
        }
    }
}

// MARK: - Words

extension CellPattern.Section {
    var hasDigits: Bool { tokens.contains(where: \.isDigit) }

    /// The texts before, between and behind the places of digits.
    private var places: (before: [CellPattern.Token], between: [CellPattern.Token], behind: [CellPattern.Token]) {
        guard let first = tokens.firstIndex(where: \.isDigit), let last = tokens.lastIndex(where: \.isDigit) else {
            return (tokens, [], [])
        }
        return (Array(tokens[..<first]), Array(tokens[first...last]), Array(tokens[(last + 1)...]))
    }

    /// The words that are more than units which are judged by themselves.
    var words: [String] {
        let (before, between, behind) = places
        return (before + behind).compactMap { word($0) } + between.compactMap { inner($0) }
    }

    var hasWords: Bool { !words.isEmpty }

    /// Whether words stand between the digits.
    var isParted: Bool { places.between.contains { inner($0) != nil } }

    /// The text beside a number, unless it is blank, a sign, a currency or ten thousands.
    private func word(_ token: CellPattern.Token) -> String? {
        guard case .text(let text, let locale) = token else { return nil }
        let word = Self.plain(text)
        return word.isEmpty || CellUnit.isWhole(word, locale) ? nil : word
    }

    /// The text between digits, unless it parts thousands or is the point of a number that is shown smaller.
    private func inner(_ token: CellPattern.Token) -> String? {
        guard case .text(let text, _) = token else { return nil }
        let isPlain = TextNormalisation.isBlank(text) || ["'", "’", "·", "."].contains(text)
        return isPlain ? nil : text
    }

    /// A text without the blanks and signs of numbers around it.
    private static func plain(_ text: String) -> String {
        var word = Substring(TextNormalisation.trimmed(text))
        while let first = word.first, "-+() ".contains(first) { word.removeFirst() }
        while let last = word.last, "-+() ".contains(last) { word.removeLast() }
        return TextNormalisation.trimmed(word)
    }

    /// How many powers of ten smaller the number is shown.
    private var shrinking: Int {
        var power = 3 * tokens.count { $0 == .shrink }
        if let point = tokens.firstIndex(of: .text(".", locale: "")), places.between.contains(tokens[point]) {
            power += tokens[point...].count(where: \.isDigit)
        }
        return power
    }

    /// The currency and ten thousands beside the number.
    var unit: CellUnit? {
        let literals = tokens.compactMap { token in
            if case .text(let text, let locale) = token { (text: Self.plain(text), locale: locale) } else { nil }
        }
        return CellUnit(literals, shrinking: shrinking)
    }

    /// The number with what stands beside it, as somebody would type it.
    func beside(_ number: CellNumber) -> String {
        let (before, _, behind) = places
        func text(_ tokens: [CellPattern.Token]) -> String {
            tokens.map { token in
                if token == .percent { return "%" }
                guard let word = word(token) else {
                    if case .text(let text, _) = token { return Self.plain(text) }
                    return ""
                }
                // Digits of a text are none of the number.
                return word.contains { "0"..."9" ~= $0 } ? "\"\(word)\"" : word
            }.joined()
        }
        let shift = (tokens.contains(.percent) ? 2 : 0) - shrinking
        return text(before) + number.text(shift: shift) + text(behind)
    }
}
