public import CRMModel

/// The data of a print template: values, lists and named parts, and nothing that could lead elsewhere.
public indirect enum PrintValue: Sendable {
    /// Nothing; sections over it are left out.
    case nothing
    /// Yes or no, for sections.
    case flag(Bool)
    /// A text.
    case text(String)
    /// A number, a day or another plain value.
    case value(Value)
    /// A field of a record.
    case field(PrintField)
    /// A list; sections repeat for each element.
    case list([PrintValue])
    /// Named parts.
    case group([String: PrintValue])

    /// The text that stands for the value; nil for lists and groups, which have none.
    var text: String? {
        switch self {
        case .nothing: ""
        case .flag(let flag): flag ? "true" : "false"
        case .text(let text): text
        case .value(let value): value.displayText
        case .field(let field): field.text
        case .list, .group: nil
        }
    }

    /// Whether a section over the value is left out; lists say it themselves by having no elements.
    var isNothing: Bool {
        switch self {
        case .nothing: true
        case .flag(let flag): !flag
        case .text(let text): text.isEmpty
        case .value(let value): value.isNull || value.booleanValue == false
        case .field(let field): field.text.isEmpty || field.raw.booleanValue == false
        case .list(let elements): elements.isEmpty
        case .group: false
        }
    }

    /// The part of that name, nil when there is none.
    func member(_ name: String) -> PrintValue? {
        switch self {
        case .group(let parts): return parts[name]
        case .field(let field):
            switch name {
            case "text": return .text(field.text)
            case "label": return .text(field.label)
            case "raw": return .value(field.raw)
            default: return field.members[name]
            }
        default: return nil
        }
    }

    /// The names of the parts, for messages.
    var memberNames: [String] {
        switch self {
        case .group(let parts): parts.keys.sorted()
        case .field(let field): ["label", "raw", "text"] + field.members.keys.sorted()
        default: []
        }
    }

    /// How many rows its lists have, those within other lists included.
    var rowCount: Int {
        switch self {
        case .list(let elements): elements.reduce(elements.count) { $0 + $1.rowCount }
        case .group(let parts): parts.values.reduce(0) { $0 + $1.rowCount }
        default: 0
        }
    }

    /// The plain value behind it, for transforms.
    var raw: Value? {
        switch self {
        case .nothing: .null
        case .text(let text): .text(text)
        case .value(let value): value
        case .field(let field): field.raw
        case .flag, .list, .group: nil
        }
    }
}

/// A field of a record as templates see it: `{{name}}` is its text, `{{name.label}}` its label, `{{name.raw}}` the
/// value as the database has it, and `{{customer.name}}` a part of the record it refers to.
public struct PrintField: Sendable {
    /// The label.
    public let label: String
    /// The value as people read it.
    public let text: String
    /// The value itself.
    public let raw: Value
    /// The day of a date or, in the company's time zone, of a moment.
    public let day: CalendarDate?
    /// The parts of the record referred to.
    public let members: [String: PrintValue]

    /// Makes a field.
    public init(
        label: String,
        text: String,
        raw: Value,
        day: CalendarDate? = nil,
        members: [String: PrintValue] = [:]
    ) {
        self.label = label
        self.text = text
        self.raw = raw
        self.day = day ?? raw.dateValue
        self.members = members
    }
}
