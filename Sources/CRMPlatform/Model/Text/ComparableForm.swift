/// The one form in which values of a kind are compared, wherever they are compared: by search, duplicate rules, unique
/// fields, keys of imports, references, filters, options and headings.
///
/// Two texts mean the same when their forms are equal byte by byte. Forms are kept beside the records and never shown.
public enum ComparableForm: String, Sendable, Hashable, CaseIterable {
    /// The text as it stands, without invisible signs at its ends.
    case exact
    /// Without regard to width, case, accents, script (simplified or traditional), the number of blanks and the kind of dash.
    ///
    /// Texts whose `code` forms are equal have equal forms of this kind too.
    case text
    /// The name of a person or thing: as `text`, and without blanks, dots, brackets, quotation marks and punctuation.
    case name
    /// A company's name: as `name`, and without the words of the legal form at its end.
    case company
    /// A code or another mark of its own: as `text`, but with accents.
    case code
    /// An e-mail address: without regard to width and case.
    case email
    /// A telephone number: its digits, without the country code of China, with an extension after `x`.
    case phone
    /// An option of a dictionary: as `text`, and without blanks.
    case option
    /// A heading or label: as `option`, and without the star that marks required columns and a colon at the end.
    case heading

    /// Which edition of the forms this program makes.
    ///
    /// Raised with every change that gives any text another form; files whose forms are of another edition are brought
    /// up to date when they are opened.
    public static let edition = 4

    /// The form of a text; empty when nothing is left that could be compared.
    public func form(of text: String) -> String {
        switch self {
        case .exact: TextNormalisation.trimmed(text)
        case .text: Self.isSettled(text) ? text : Self.blanksSettled(TextNormalisation.searchForm(text))
        case .name: Self.nameForm(text)
        case .company: TextNormalisation.companyName(text)
        case .code: Self.isSettled(text) ? text : Self.codeForm(text)
        case .email: TextNormalisation.lowerForm(TextNormalisation.trimmed(text))
        case .phone: PhoneNumber(text).form
        case .option: Self.isSettled(text) ? text : Self.withoutBlanks(TextNormalisation.searchForm(text))
        case .heading: Self.headingForm(text)
        }
    }

    /// Whether two texts mean the same.
    public func isSame(_ left: String, _ right: String) -> Bool { left == right || form(of: left) == form(of: right) }

    /// Whether the bytes of a text can be seen at once to be its own form; false says nothing.
    package func keeps(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .exact, .text, .code, .email, .option: Self.isSettled(bytes)
        case .name, .company, .phone, .heading: false
        }
    }

    private static func isSettled(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8(isSettled)
    }

    /// Whether a text has small letters, digits, a few signs and Chinese characters alone that are the same in both scripts.
    private static func isSettled(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                guard 0x61...0x7A ~= byte || 0x2D...0x39 ~= byte || byte == 0x5F || byte == 0x40 else { return false }
                index += 1
                continue
            }
            // Three bytes, U+4000 to U+9FFF.
            guard 0xE4...0xE9 ~= byte, index + 2 < bytes.count else { return false }
            let (second, third) = (bytes[index + 1], bytes[index + 2])
            guard second & 0xC0 == 0x80, third & 0xC0 == 0x80,
                ScriptTable.isOneForm(UInt32(byte & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F))
            else { return false }
            index += 3
        }
        return true
    }

    /// The text with one blank for many, none at its ends and none beside signs of scripts that have no blanks, and with all
    /// dashes as one.
    private static func blanksSettled(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isBlank = false
        var wasWide = true
        for scalar in text.unicodeScalars {
            if TextNormalisation.isInvisible(scalar) {
                isBlank = true
                continue
            }
            let isWide = TextNormalisation.isWide(scalar)
            // A mark that would become one sign with the one before it does not.
            let isApart = isBlank && (!isWide && !wasWide || isMark(scalar))
            if isApart, !result.isEmpty { result.append(" ") }
            result.append(TextNormalisation.isDash(scalar) ? "-" : scalar)
            isBlank = false
            wasWide = isWide
        }
        return String(result)
    }

    /// Whether a sign may be composed with the one before it: marks of sounds, the second and third parts of Korean syllables.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x300: false
        case 0x3099, 0x309A, 0x1160...0x11FF: true
        default: scalar.properties.canonicalCombiningClass != .notReordered
        }
    }

    private static func withoutBlanks(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: TextNormalisation.isInvisible) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !TextNormalisation.isInvisible($0) }))
    }

    /// The signs of a name alone; a name of nothing but other signs keeps them.
    private static func nameForm(_ text: String) -> String {
        let form = TextNormalisation.searchForm(text)
        var result = String.UnicodeScalarView()
        for scalar in form.unicodeScalars where TextNormalisation.isNameSign(scalar) { result.append(scalar) }
        return result.isEmpty ? withoutBlanks(form) : String(result)
    }

    private static func codeForm(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in TextNormalisation.lowerForm(text).unicodeScalars { result.append(ScriptTable.folded(scalar)) }
        return blanksSettled(String(result))
    }

    private static func headingForm(_ text: String) -> String {
        let form = TextNormalisation.searchForm(text)
        var scalars = String.UnicodeScalarView()
        for scalar in form.unicodeScalars where !TextNormalisation.isInvisible(scalar) && scalar != "*" {
            scalars.append(scalar)
        }
        while scalars.last == ":", scalars.count > 1 { scalars.removeLast() }
        return String(scalars)
    }
}
