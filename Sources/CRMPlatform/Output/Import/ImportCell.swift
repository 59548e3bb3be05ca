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

    /// The value moved by a number of days, when it is a day or a moment; what is neither stays for the save to refuse, and
    /// so does what would leave the calendar.
    func moved(_ value: InputValue, days: Int) -> InputValue {
        switch (self, value) {
        case (.date, .value(.date(let date))):
            return date.adding(days: days).map { .value(.date($0)) } ?? Self.outside(date, days)
        case (.date, .text(let text)):
            guard let date = try? LenientInput.date(text) else { return value }
            return date.adding(days: days).map { .value(.date($0)) } ?? Self.outside(date, days)
        case (.instant, .value(.instant(let instant))):
            return .value(.instant(instant.adding(seconds: Int64(days) * 86_400)))
        case (.instant, .text(let text)):
            guard let written = try? LenientInput.moment(text) else { return value }
            // What was written without a zone goes back without one.
            switch written {
            case .moment(let instant): return .value(.instant(instant.adding(seconds: Int64(days) * 86_400)))
            case .day(let date):
                return date.adding(days: days).map { .text($0.description) } ?? Self.outside(date, days)
            case .clock(let date, let seconds, let milliseconds):
                guard let moved = date.adding(days: days),
                    let clock = Instant(
                        date: moved,
                        hour: seconds / 3600,
                        minute: seconds / 60 % 60,
                        second: seconds % 60,
                        millisecond: milliseconds,
                        in: .gmt
                    )
                else { return Self.outside(date, days) }
                return .text(clock.text(in: .gmt))
            }
        default: return value
        }
    }

    /// What no save takes, for a day that the calendar does not have.
    private static func outside(_ date: CalendarDate, _ days: Int) -> InputValue {
        .text("\(date) \(days < 0 ? "-" : "+") \(days.magnitude)")
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
