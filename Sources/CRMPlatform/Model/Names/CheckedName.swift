import CRMEngines

/// A name that has been checked, so that it may reach SQL as an identifier or a file as a path component.
///
/// Conforming types are the only way from text to an identifier: their failable initialiser is the single place
/// where the pattern is applied (`design.md` §4, `style.md` §4 pitfall 7).
public protocol CheckedName: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible
where RawValue == String {
    /// Whether `text` has the form this kind of name must have.
    static func isWellFormed(_ text: String) -> Bool

    /// Makes the name when `rawValue` is well formed, else nil.
    init?(rawValue: String)

    /// Names of this kind that the platform keeps for itself, in order.
    static var reservedWords: [String] { get }

    /// How names begin that the platform keeps for itself.
    static var reservedPrefixes: [String] { get }
}

extension CheckedName {
    /// None.
    public static var reservedWords: [String] { [] }

    /// None.
    public static var reservedPrefixes: [String] { [] }
}

extension CheckedName {
    /// The name as it was given.
    public var description: String { rawValue }

    /// Orders names by their text.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether `text` is `^[a-z][a-z0-9_]{0,62}$`, the form of every API name.
func isAPIName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= 63, first >= 0x61, first <= 0x7A else { return false }
    return bytes.allSatisfy { byte in
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
    }
}

/// The API name of an object, such as `customer`: `^[a-z][a-z0-9_]{0,62}$`, and none of the reserved words.
public struct ObjectName: CheckedName {
    /// The checked text.
    public let rawValue: String

    /// Makes an object name, or nil when the text is not one.
    public init?(rawValue: String) {
        guard Self.isWellFormed(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Whether the text is an API name that is not reserved for the kernel (`sys`, `crm`, `user`, `plugin` …) or an engine.
    public static func isWellFormed(_ text: String) -> Bool {
        isAPIName(text) && !reservedPrefixes.contains { text.hasPrefix($0) } && !reservedWords.contains(text)
    }

    /// Words of the platform.
    public static let reservedWords = ["audit", "crm", "object", "plugin", "record", "role", "sys", "user"]
    /// How the platform's and the engines' own tables begin.
    public static let reservedPrefixes = ["crm_"] + EngineFacts.tablePrefixes
}

/// The API name of a field, such as `credit_limit`: `^[a-z][a-z0-9_]{0,62}$`.
public struct FieldName: CheckedName {
    /// The checked text.
    public let rawValue: String

    /// Makes a field name, or nil when the text is not one.
    public init?(rawValue: String) {
        guard Self.isWellFormed(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Whether the text is an API name; system field names are field names too.
    public static func isWellFormed(_ text: String) -> Bool { isAPIName(text) && !reservedWords.contains(text) }

    /// The engines' own names of columns.
    public static let reservedWords = EngineFacts.columnNames

    /// Makes a name from a literal of the kernel; `text` must be well formed.
    init(system text: StaticString) {
        rawValue = text.description
    }
}

/// The identifier of a plugin, such as `sales` or `acme.demo`: lower-case API names joined by dots, at most 64 characters.
public struct PluginID: CheckedName {
    /// The checked text.
    public let rawValue: String

    /// Makes a plugin identifier, or nil when the text is not one.
    public init?(rawValue: String) {
        guard Self.isWellFormed(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Whether the text is one or more API names joined by single dots, none reserved for the kernel.
    public static func isWellFormed(_ text: String) -> Bool {
        guard text.utf8.count <= 64, !reservedWords.contains(text) else { return false }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return !parts.isEmpty && parts.allSatisfy { isAPIName(String($0)) }
    }

    /// Words of the platform.
    public static let reservedWords = ["core", "crm", "kernel", "local", "platform", "sys", "system"]
}

/// The API name of a rule, report, template, command, layout or dictionary: `^[a-z][a-z0-9_]{0,62}$`.
public struct ElementName: CheckedName {
    /// The checked text.
    public let rawValue: String

    /// Makes an element name, or nil when the text is not one.
    public init?(rawValue: String) {
        guard Self.isWellFormed(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Whether the text is an API name.
    public static func isWellFormed(_ text: String) -> Bool { isAPIName(text) }
}

/// The identity of a record: its object and its row number, written `customer/42`.
public struct RecordID: Hashable, Sendable, CustomStringConvertible {
    /// The object the record belongs to.
    public let object: ObjectName

    /// The number of the record within its object, 1 and up.
    public let number: Int64

    /// Makes an identity.
    public init(object: ObjectName, number: Int64) {
        self.object = object
        self.number = number
    }

    /// Reads `customer/42`; nil when the text is not of that form or the number is not positive.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let object = ObjectName(rawValue: String(parts[0])),
            let number = Int64(parts[1]), number > 0
        else { return nil }
        self.init(object: object, number: number)
    }

    /// The written form, `customer/42`.
    public var description: String { "\(object.rawValue)/\(number)" }
}
