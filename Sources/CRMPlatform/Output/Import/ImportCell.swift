internal import CRMModel
internal import CRMRecords

internal import struct Foundation.TimeZone

/// Makes an input value of the bytes of a cell: typed at once when the cell is written plainly, else as the text that
/// the save reads leniently.
enum ImportCell {
    case text
    case integer
    case decimal
    case date
    case instant
    case lenient

    /// The way to read cells of a field.
    init(_ field: FieldDefinition) {
        if case .reference = field.type {
            self = .lenient
            return
        }
        self =
            switch field.storage {
            case .text: .text
            case .integer: .integer
            case .scaled: .decimal
            case .date: .date
            case .instant: .instant
            case .boolean, .none: .lenient
            }
    }

    /// The value of a cell that is not empty.
    func value(_ bytes: UnsafeBufferPointer<UInt8>) -> InputValue {
        switch self {
        case .text:
            let text = String(decoding: bytes, as: UTF8.self)
            // Texts that a spreadsheet would compute carry an apostrophe when we write them.
            return .value(.text(bytes.first == UInt8(ascii: "'") ? FormulaGuard.unguarded(text) : text))
        case .integer:
            if let number = Self.integer(bytes) { return .value(.integer(number)) }
        case .decimal:
            if let number = FixedDecimal(ascii: bytes) { return .value(.decimal(number)) }
        case .date:
            if let start = bytes.baseAddress, let date = CalendarDate(isoBytes: start, count: bytes.count) {
                return .value(.date(date))
            }
        case .instant:
            if let start = bytes.baseAddress, let instant = Instant(isoBytes: start, count: bytes.count) {
                return .value(.instant(instant))
            }
        case .lenient:
            break
        }
        return .text(FormulaGuard.unguarded(String(decoding: bytes, as: UTF8.self)))
    }

    /// The value moved by a number of days, when it is a day or a moment; what is neither stays for the save to refuse.
    func moved(_ value: InputValue, days: Int) -> InputValue {
        switch (self, value) {
        case (.date, .value(.date(let date))):
            return date.adding(days: days).map { .value(.date($0)) } ?? value
        case (.date, .text(let text)):
            guard let date = (try? LenientInput.date(text))?.adding(days: days) else { return value }
            return .value(.date(date))
        case (.instant, .value(.instant(let instant))):
            return .value(.instant(instant.adding(seconds: Int64(days) * 86_400)))
        case (.instant, .text(let text)):
            let seconds = Int64(days) * 86_400
            if let instant = Instant(iso: text) { return .value(.instant(instant.adding(seconds: seconds))) }
            // A time without a zone goes back without one, so that any zone serves to count the days.
            guard let zone = TimeZone(secondsFromGMT: 0), let instant = try? LenientInput.instant(text, in: zone) else {
                return value
            }
            return .text(instant.adding(seconds: seconds).text(in: zone))
        default: return value
        }
    }

    /// Up to 18 ASCII digits with or without a minus sign.
    private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = isNegative ? UnsafeBufferPointer(rebasing: bytes.dropFirst()) : bytes
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var number: Int64 = 0
        for byte in digits {
            guard byte &- 0x30 < 10 else { return nil }
            number = number * 10 + Int64(byte &- 0x30)
        }
        return isNegative ? -number : number
    }
}
