import CRMModel
import CRMStorage
import Foundation

/// What becomes of stored values when a field is given another type.
enum TypeChange {
    /// They mean the same and stay as they are.
    case none
    /// They mean the same in another form; the function gives it, nil for a value that does not fit.
    case convert(@Sendable (Value) -> Value?)
    /// They would mean something else, so there must be none.
    case otherMeaning

    /// What a change of a field's type means; days begin in the company's time zone.
    static func between(_ old: FieldType, _ new: FieldType, zone: TimeZone) -> TypeChange {
        if old.descriptor == new.descriptor { return .none }
        switch (old, new) {
        case (.currency(let code, _), .currency(let other, let scale)):
            return code == other ? .convert { rescaled($0, scale) } : .otherMeaning
        case (.percent, .percent(let scale)): return .convert { rescaled($0, scale) }
        case (.integer, .decimal(let scale)), (.decimal, .decimal(let scale)):
            return .convert { rescaled($0, scale) }
        case (.decimal, .integer): return .convert(whole)
        case (.date, .dateTime):
            return .convert { value in
                guard case .date(let day) = value else { return nil }
                guard let first = Instant(startOf: day, in: zone), first.isWritable else { return nil }
                return .instant(first)
            }
        case (.picklist, .picklist): return .none
        case (_, .picklist) where old.isFreeText: return .none
        case (_, .email) where old.isFreeText:
            return .convert { value in
                value.textValue.flatMap { $0.contains(where: \.isNewline) ? nil : .text(new.keptForm(of: $0)) }
            }
        case (.longText, .text), (.longText, .phone):
            return .convert { value in value.textValue.flatMap { $0.contains(where: \.isNewline) ? nil : value } }
        case (_, _) where old.isFreeText && new.isFreeText: return .none
        case (_, .integer), (_, .decimal), (_, .date):
            return old.isFreeText ? .convert { $0.textValue.flatMap { read($0, as: new.storage) } } : .otherMeaning
        case (.integer, _), (.decimal, _), (.date, _):
            return new == .text || new == .longText ? .convert { .text($0.displayText) } : .otherMeaning
        default: return .otherMeaning
        }
    }

    private static func rescaled(_ value: Value, _ scale: Int) -> Value? {
        switch value {
        case .integer(let number): FixedDecimal(number).rescaledExactly(to: scale).map { .decimal($0) }
        case .decimal(let number): number.rescaledExactly(to: scale).map { .decimal($0) }
        default: nil
        }
    }

    private static func whole(_ value: Value) -> Value? {
        guard case .decimal(let number) = value, let whole = number.rescaledExactly(to: 0) else { return nil }
        return Int64(whole.description).map { .integer($0) }
    }

    /// A text as another value, when the value reads back as the same text: `007` is no number.
    private static func read(_ text: String, as storage: FieldStorage) -> Value? {
        switch storage {
        case .integer:
            return Int64(text).flatMap { String($0) == text ? .integer($0) : nil }
        case .scaled(let scale):
            guard let number = FixedDecimal(text), number.description == text else { return nil }
            return number.rescaledExactly(to: scale).map { .decimal($0) }
        case .date:
            return CalendarDate(iso: text).map { .date($0) }
        default: return nil
        }
    }
}

extension FieldType {
    /// Whether people type the values as text.
    fileprivate var isFreeText: Bool {
        switch self {
        case .text, .longText, .email, .phone, .autoNumber: true
        default: false
        }
    }
}
