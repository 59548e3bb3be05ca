public import CRMModel

public import struct Foundation.TimeZone

/// Puts field values into words for screens, prints and files for people.
public struct ValueFormatter: Sendable {
    /// The metadata, for the labels of picklist values.
    public let catalog: Catalog
    /// The language.
    public let language: Language
    /// The time zone of moments.
    public let timeZone: TimeZone

    /// Makes a formatter.
    public init(catalog: Catalog, language: Language, timeZone: TimeZone) {
        self.catalog = catalog
        self.language = language
        self.timeZone = timeZone
    }

    /// A value of a field as people read it: labels of picklist values, numbers in groups, moments in the time zone.
    ///
    /// References are written `customer/42`; whoever has the record at hand shows its title instead.
    public func text(_ value: Value, of field: FieldDefinition) -> String {
        switch (value, field.type) {
        case (.boolean(let flag), _):
            return Message(flag ? .yes : .no).text(in: language)
        case (.decimal(let number), .percent):
            return number.formatted(grouping: true) + "%"
        case (.decimal(let number), _):
            return number.formatted(grouping: true)
        case (.integer(let number), .reference(let target, _)):
            return RecordID(object: target, number: number).description
        case (.integer(let number), .integer):
            return field.isSystem ? String(number) : FixedDecimal(number).formatted(grouping: true)
        case (.text(let code), .picklist):
            return catalog.dictionary(of: field)?.option(code)?.label.text(in: language) ?? code
        case (.instant(let moment), _):
            return moment.text(in: timeZone)
        default:
            return value.displayText
        }
    }
}

extension LocalizedText {
    /// Whether a label says by itself that its values are percentages, as `折扣(%)` does.
    public func saysPercent(in language: Language) -> Bool {
        text(in: language).contains { $0 == "%" || $0 == "％" }
    }
}
