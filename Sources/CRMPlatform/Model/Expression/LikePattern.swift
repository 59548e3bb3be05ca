/// A pattern of `like`: `%` for any text, `_` for one character, `\` before a sign that is meant as it stands.
///
/// It matches by Unicode scalars, the letters A–Z without regard to case, in memory as in every store.
package struct LikePattern: Sendable, Hashable {
    /// The pattern as SQL has it, with `\` as the escape sign.
    package let text: String

    private enum Element: Sendable, Hashable {
        case anyText
        case anyScalar
        case scalar(UInt32)
        /// An escape sign with nothing after it: nothing matches.
        case never
    }

    private let elements: [Element]

    package init(_ text: String) {
        self.text = text
        var elements: [Element] = []
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                elements.append(.scalar(Self.folded(scalar.value)))
                isEscaped = false
                continue
            }
            switch scalar {
            case "\\": isEscaped = true
            case "%": if elements.last != .anyText { elements.append(.anyText) }
            case "_": elements.append(.anyScalar)
            default: elements.append(.scalar(Self.folded(scalar.value)))
            }
        }
        if isEscaped { elements.append(.never) }
        self.elements = elements
    }

    /// Whether something follows every escape sign; a pattern of which that is not so matches nothing.
    package var isComplete: Bool { elements.last != .never }

    /// The text with `%`, `_` and `\` escaped, so that a pattern holds it as it stands.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    /// The text with which every match begins, when letters without regard to case do not come into it; else empty.
    package var exactPrefix: String {
        var prefix = String.UnicodeScalarView()
        for element in elements {
            guard case .scalar(let value) = element, !(0x61...0x7A).contains(value), let scalar = Unicode.Scalar(value)
            else { break }
            prefix.append(scalar)
        }
        return String(prefix)
    }

    /// The text with which every match begins among texts without capitals A–Z; else empty.
    package var smallPrefix: String {
        var prefix = String.UnicodeScalarView()
        for element in elements {
            guard case .scalar(let value) = element, let scalar = Unicode.Scalar(value) else { break }
            prefix.append(scalar)
        }
        return String(prefix)
    }

    /// Whether the whole text matches.
    package func matches(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        var position = scalars.startIndex
        var index = 0
        // Where to go on when something after the last `%` does not match: that `%` then takes one scalar more.
        var retryIndex = -1
        var retryPosition = position
        while true {
            if index < elements.count, elements[index] == .anyText {
                index += 1
                retryIndex = index
                retryPosition = position
                continue
            }
            if position == scalars.endIndex {
                return index == elements.count
            }
            if index < elements.count, Self.matches(elements[index], scalars[position].value) {
                index += 1
                position = scalars.index(after: position)
                continue
            }
            guard retryIndex >= 0 else { return false }
            retryPosition = scalars.index(after: retryPosition)
            position = retryPosition
            index = retryIndex
        }
    }

    private static func matches(_ element: Element, _ value: UInt32) -> Bool {
        switch element {
        case .anyScalar, .anyText: true
        case .scalar(let wanted): wanted == folded(value)
        case .never: false
        }
    }

    private static func folded(_ value: UInt32) -> UInt32 {
        (0x41...0x5A).contains(value) ? value + 0x20 : value
    }
}
