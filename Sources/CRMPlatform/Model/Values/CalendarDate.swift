/// A day of the Gregorian calendar, without a time or a time zone.
///
/// Held as days since 1970-01-01; the years 0001…9999 are possible.
public struct CalendarDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01; negative before.
    public let daysSinceEpoch: Int32

    /// 0001-01-01.
    public static let earliest = CalendarDate(trusted: -719_162)

    /// 9999-12-31.
    public static let latest = CalendarDate(trusted: 2_932_896)

    private init(trusted days: Int32) {
        daysSinceEpoch = days
    }

    /// Makes the day so many days after 1970-01-01; nil outside the years 0001…9999.
    public init?(daysSinceEpoch days: Int) {
        guard days >= -719_162, days <= 2_932_896 else { return nil }
        self.init(trusted: Int32(days))
    }

    /// Makes a day; nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1,
            day <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(trusted: Self.days(year: year, month: month, day: day))
    }

    /// Reads `2026-11-21`, four, two and two ASCII digits; nil for anything else.
    public init?(iso text: String) {
        var text = text
        let date = text.withUTF8 { bytes in
            bytes.baseAddress.flatMap { CalendarDate(isoBytes: $0, count: bytes.count) }
        }
        guard let date else { return nil }
        self = date
    }

    /// Reads `2026-11-21` from bytes; nil when the count is not 10 or there is no such day.
    public init?(isoBytes bytes: UnsafePointer<UInt8>, count: Int) {
        guard count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        guard let century = Self.twoDigits(bytes), let rest = Self.twoDigits(bytes + 2),
            let month = Self.twoDigits(bytes + 5), let day = Self.twoDigits(bytes + 8)
        else { return nil }
        self.init(year: century * 100 + rest, month: month, day: day)
    }

    static func twoDigits(_ bytes: UnsafePointer<UInt8>) -> Int? {
        let tens = bytes[0] &- 0x30
        let ones = bytes[1] &- 0x30
        guard tens < 10, ones < 10 else { return nil }
        return Int(tens) * 10 + Int(ones)
    }

    /// Earlier days come first.
    @inlinable public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// The year, month and day at once.
    public var components: (year: Int, month: Int, day: Int) {
        // Years are counted from March, so that the leap day is the last of its year.
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int32 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// The number of days of a month, 1…12; 0 for other months.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: isLeapYear(year) ? 29 : 28
        default: 0
        }
    }

    /// Whether a year has a 29 February.
    public static func isLeapYear(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

extension CalendarDate: CustomStringConvertible {
    /// The ISO form, `2026-11-21`.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(10)
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The Chinese form, `2026年11月21日`.
    public var chineseDescription: String {
        let (year, month, day) = components
        return "\(year)年\(month)月\(day)日"
    }

    /// Appends the ISO form, ten bytes.
    public func write(into buffer: inout [UInt8]) {
        let (year, month, day) = components
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { text in
            Self.put(year / 100, at: 0, of: text)
            Self.put(year % 100, at: 2, of: text)
            text[4] = 0x2D
            Self.put(month, at: 5, of: text)
            text[7] = 0x2D
            Self.put(day, at: 8, of: text)
            buffer.append(contentsOf: text)
        }
    }

    @inline(__always)
    static func put(_ number: Int, at index: Int, of text: UnsafeMutableBufferPointer<UInt8>) {
        text[index] = UInt8(truncatingIfNeeded: number / 10) &+ 0x30
        text[index + 1] = UInt8(truncatingIfNeeded: number % 10) &+ 0x30
    }
}
