/// The type of a field with what belongs to the type.
public enum FieldType: Sendable, Hashable {
    /// One line of text.
    case text
    /// Text of several lines, Markdown.
    case longText
    /// A whole number of 64 bits.
    case integer
    /// An exact decimal; `scale` places after the point (0…9).
    case decimal(scale: Int)
    /// An exact amount in the currency of the given ISO 4217 code; two places unless said otherwise.
    case currency(code: String, scale: Int)
    /// A percentage as people write it (`12.5` means 12.5 %), with `scale` places.
    case percent(scale: Int)
    /// Yes or no.
    case boolean
    /// A day of the calendar.
    case date
    /// A moment, kept in UTC.
    case dateTime
    /// One value of a dictionary.
    case picklist(dictionary: ElementName)
    /// Another record.
    case reference(to: ObjectName, onDelete: DeleteRule)
    /// The child rows of this record: those records of `object` whose reference field `via` points here. Not stored.
    case children(object: ObjectName, via: FieldName)
    /// A number that a code rule gives.
    case autoNumber
    /// An e-mail address.
    case email
    /// A telephone number.
    case phone

    /// What becomes of a record when the record it refers to is deleted.
    public enum DeleteRule: String, Sendable, Hashable {
        /// The deletion is refused.
        case restrict
        /// The reference is emptied.
        case clear
        /// The referring record is deleted as well; child rows.
        case cascade
    }

    /// The name in metadata, such as `date_time`.
    public var name: String {
        switch self {
        case .text: "text"
        case .longText: "long_text"
        case .integer: "integer"
        case .decimal: "decimal"
        case .currency: "currency"
        case .percent: "percent"
        case .boolean: "boolean"
        case .date: "date"
        case .dateTime: "date_time"
        case .picklist: "picklist"
        case .reference: "reference"
        case .children: "children"
        case .autoNumber: "auto_number"
        case .email: "email"
        case .phone: "phone"
        }
    }

    /// How values are kept in a column.
    public var storage: FieldStorage {
        switch self {
        case .text, .longText, .picklist, .autoNumber, .email, .phone: .text
        case .integer, .reference: .integer
        case .decimal(let scale), .currency(_, let scale), .percent(let scale): .scaled(scale)
        case .boolean: .boolean
        case .date: .date
        case .dateTime: .instant
        case .children: .none
        }
    }

    /// Whether values are numbers that can be added up.
    public var isNumeric: Bool {
        switch self {
        case .integer, .decimal, .currency, .percent: true
        default: false
        }
    }

    /// Whether values are numbers of records.
    public var isReference: Bool {
        if case .reference = self { true } else { false }
    }

    /// Whether values are text.
    public var isText: Bool { storage == .text }
}

/// How the values of a field are kept in a column.
public enum FieldStorage: Sendable, Hashable {
    /// UTF-8 text.
    case text
    /// A 64-bit integer.
    case integer
    /// A decimal as 64-bit integer of units of 10^-scale.
    case scaled(Int)
    /// 0 or 1.
    case boolean
    /// ISO text, `2026-11-21`.
    case date
    /// ISO text in UTC, `2026-11-21T08:30:05Z`.
    case instant
    /// Not stored.
    case none
}

/// What a new record has in a field when nobody says.
public enum DefaultValue: Sendable, Hashable {
    /// A fixed value.
    case value(Value)
    /// The day in the company's time zone.
    case today
    /// The moment of the save.
    case now
    /// The number of the acting user.
    case me
}

/// A field of an object.
public struct FieldDefinition: Sendable, Hashable {
    /// The API name, unique within the object.
    public let name: FieldName
    /// The type.
    public let type: FieldType
    /// The label.
    public let label: LocalizedText
    /// Further names under which imports and the shell find the field.
    public var aliases: [String] = []
    /// Text that helps to fill the field in.
    public var help: LocalizedText?
    /// Whether a record without a value is refused.
    public var isRequired = false
    /// Whether no two records may have the same value.
    public var isUnique = false
    /// Whether the full-text search finds the record by this field.
    public var isSearchable = false
    /// Whether changes are kept in the audit; on unless metadata says no.
    public var isAudited = true
    /// Whether the kernel alone writes the field.
    public var isSystem = false
    /// What a new record gets.
    public var defaultValue: DefaultValue?
    /// The greatest number of characters (Unicode grapheme clusters) of a text.
    public var maxLength: Int?
    /// The least number or the earliest date allowed.
    public var minimum: Value?
    /// The greatest number or the latest date allowed.
    public var maximum: Value?
    /// A Swift regular expression that the whole text must match.
    public var pattern: String?
    /// The picklist field whose value decides which options may be chosen here.
    public var dependsOn: FieldName?
    /// The code rule of an auto-number.
    public var codeRule: ElementName?
    /// The plugin that brought the field, nil for the kernel's and local ones.
    public var plugin: PluginID?
    /// The stable id that survives renaming, 0 until the storage has given one.
    public var stableID: Int64 = 0

    /// Makes a field; the other properties start with their usual values.
    public init(name: FieldName, type: FieldType, label: LocalizedText) {
        self.name = name
        self.type = type
        self.label = label
    }

    /// How values are kept.
    public var storage: FieldStorage { type.storage }
}
