public import struct Foundation.Date
public import struct Foundation.TimeZone

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
///
/// The years 0001…9999 (UTC) are possible. What time it is now is asked from an injected clock, never from here.
public struct Instant: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    public let milliseconds: Int64

    /// 0001-01-01T00:00:00Z.
    public static let earliest = Instant(milliseconds: Int64.min)

    /// 9999-12-31T23:59:59.999Z.
    public static let latest = Instant(milliseconds: Int64.max)

    /// Makes a moment; one outside the years 0001…9999 becomes the nearest within.
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
    }

    /// Makes the moment of a Foundation date, to the millisecond, rounded down; nil outside the years 0001…9999.
    public init?(_ date: Date) {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded(.down)
        guard let exact = Int64(exactly: milliseconds), exact >= Self.earliest.milliseconds,
            exact <= Self.latest.milliseconds
        else { return nil }
        self.init(milliseconds: exact)
    }

    /// The moment as a Foundation date.
    public var foundationDate: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// Earlier moments come first.
    @inlinable public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The moment so many milliseconds later, or earlier when negative; cut at the ends of the calendar.
    public func adding(milliseconds: Int64) -> Instant {
        let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
        return overflow ? (milliseconds < 0 ? .earliest : .latest) : Instant(milliseconds: sum)
    }

    /// The moment so many seconds later, or earlier when negative; cut at the ends of the calendar.
    public func adding(seconds: Int64) -> Instant {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (seconds < 0 ? .earliest : .latest) : adding(milliseconds: product)
    }
}

extension Instant {
    /// The beginning of the second in which the moment lies.
    public var wholeSeconds: Instant {
        let rest = milliseconds % 1000
        return rest == 0 ? self : Instant(milliseconds: milliseconds - (rest < 0 ? rest + 1000 : rest))
    }
}

extension Instant {
    private static let millisecondsPerDay: Int64 = 86_400_000

    /// The days since 1970-01-01 and the milliseconds of the day, after an offset from UTC.
    private func split(offsetSeconds: Int) -> (days: Int, milliseconds: Int) {
        let shifted = milliseconds + Int64(offsetSeconds) * 1000
        var (days, rest) = shifted.quotientAndRemainder(dividingBy: Self.millisecondsPerDay)
        if rest < 0 {
            days -= 1
            rest += Self.millisecondsPerDay
        }
        return (Int(days), Int(rest))
    }

    private func offset(in zone: TimeZone) -> Int { zone.secondsFromGMT(for: foundationDate) }

    /// The day that the calendar on the wall of a time zone shows at this moment.
    public func date(in zone: TimeZone) -> CalendarDate {
        let days = split(offsetSeconds: offset(in: zone)).days
        return CalendarDate(daysSinceEpoch: days) ?? (days < 0 ? .earliest : .latest)
    }

    /// The time of day that the clock on the wall of a time zone shows at this moment.
    public func time(in zone: TimeZone) -> (hour: Int, minute: Int, second: Int, millisecond: Int) {
        let rest = split(offsetSeconds: offset(in: zone)).milliseconds
        return (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000)
    }

    /// The wall's day and time, `2026-11-21 16:30:05`, for screens and prints.
    ///
    /// The ISO form in UTC where the calendar on the wall has left the years 0001…9999.
    public func text(in zone: TimeZone) -> String {
        let (days, rest) = split(offsetSeconds: offset(in: zone))
        guard let date = CalendarDate(daysSinceEpoch: days) else { return wholeSeconds.description }
        let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60)
        var bytes: [UInt8] = []
        date.write(into: &bytes)
        for (sign, number) in [(UInt8(ascii: " "), hour), (UInt8(ascii: ":"), minute), (UInt8(ascii: ":"), second)] {
            bytes.append(sign)
            bytes.append(UInt8(number / 10) + 0x30)
            bytes.append(UInt8(number % 10) + 0x30)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The wall's day and time as `text(in:)` has them, with their offset from UTC when a clock shows them twice or another
    /// reading would give another moment, so that the text read in the zone is this moment.
    package func readable(in zone: TimeZone) -> String {
        let text = text(in: zone)
        if let again = try? LenientInput.instant(text, in: zone), again == wholeSeconds { return text }
        let offset = offset(in: zone)
        // Offsets of before standard times have seconds, which no text of an offset can say.
        guard offset % 60 == 0, isWritable else { return wholeSeconds.description }
        let minutes = offset.magnitude / 60
        let parts = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return text + (offset < 0 ? "-" : "+") + parts.joined(separator: ":")
    }

    /// The moment when the wall of a time zone shows a day and a time; nil when the time is not one of a day, and when the
    /// clocks there never show it: because they were put forward over it, or because the day was left out.
    ///
    /// Where clocks are put back and the time comes twice, the earlier moment is meant.
    public init?(
        date: CalendarDate,
        hour: Int = 0,
        minute: Int = 0,
        second: Int = 0,
        millisecond: Int = 0,
        in zone: TimeZone
    ) {
        guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second, 0...999 ~= millisecond else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        let local = seconds * 1000 + Int64(millisecond)
        func offset(at milliseconds: Int64) -> Int64 {
            Int64(Instant(milliseconds: milliseconds).offset(in: zone)) * 1000
        }
        // The offset is asked a day before and a day after: the two differ only around a change of the clocks.
        let before = offset(at: local - Self.millisecondsPerDay)
        let after = offset(at: local + Self.millisecondsPerDay)
        let between = offset(at: local - before)
        if before == after, between == before {
            self.init(milliseconds: local - before)
            return
        }
        let shown = [before, after, between, offset(at: local - after)].filter { offset(at: local - $0) == $0 }
        guard let greatest = shown.max() else { return nil }
        self.init(milliseconds: local - greatest)
    }

    /// The first moment of a day in a time zone: its midnight, or what the clocks show instead of one that they leave out;
    /// nil when the day itself was left out.
    public init?(startOf date: CalendarDate, in zone: TimeZone) {
        if let midnight = Instant(date: date, in: zone) {
            self = midnight
            return
        }
        guard let second = ZoneDays.of(zone).firstSecond(of: date) else { return nil }
        self.init(milliseconds: second * 1000)
    }
}

extension Instant {
    /// The moments that fields hold: on these every time zone shows a day of the years 0001…9999.
    ///
    /// A day at each end of the calendar is left out, more than any clock is ahead of UTC or behind it.
    public static let writable =
        Instant(
            milliseconds: earliest.milliseconds + millisecondsPerDay
        )...Instant(
            milliseconds: latest.milliseconds - millisecondsPerDay
        )

    /// Whether a field can hold the moment.
    public var isWritable: Bool { Self.writable.contains(self) }
}

extension Instant: CustomStringConvertible {
    /// The ISO form in UTC, `2026-11-21T08:30:05Z`; with three more digits when the milliseconds are not zero.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the ISO form of `description` to a byte buffer.
    public func write(into buffer: inout [UInt8]) {
        let (days, rest) = split(offsetSeconds: 0)
        let (year, month, day) = (CalendarDate(daysSinceEpoch: days) ?? .latest).components
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { text in
            CalendarDate.put(year / 100, at: 0, of: text)
            CalendarDate.put(year % 100, at: 2, of: text)
            text[4] = UInt8(ascii: "-")
            CalendarDate.put(month, at: 5, of: text)
            text[7] = UInt8(ascii: "-")
            CalendarDate.put(day, at: 8, of: text)
            text[10] = UInt8(ascii: "T")
            CalendarDate.put(rest / 3_600_000, at: 11, of: text)
            text[13] = UInt8(ascii: ":")
            CalendarDate.put(rest / 60_000 % 60, at: 14, of: text)
            text[16] = UInt8(ascii: ":")
            CalendarDate.put(rest / 1000 % 60, at: 17, of: text)
            var count = 19
            let fraction = rest % 1000
            if fraction > 0 {
                text[19] = UInt8(ascii: ".")
                CalendarDate.put(fraction / 10, at: 20, of: text)
                text[22] = UInt8(truncatingIfNeeded: fraction % 10) &+ 0x30
                count = 23
            }
            text[count] = UInt8(ascii: "Z")
            buffer.append(contentsOf: text[...count])
        }
    }

    /// Reads an ISO form with seconds and a zone: `2026-11-21T08:30:05Z`, `…05.123Z`, `…05+08:00`.
    ///
    /// Nil for anything else, for impossible days and times and for more than three digits of a second unless they are 0.
    public init?(iso text: String) {
        var text = text
        let instant = text.withUTF8 { bytes in
            bytes.baseAddress.flatMap { Instant(isoBytes: $0, count: bytes.count) }
        }
        guard let instant else { return nil }
        self = instant
    }

    /// Reads an ISO form from bytes, as `init(iso:)` does from text.
    public init?(isoBytes bytes: UnsafePointer<UInt8>, count: Int) {
        guard count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == 0x3A, bytes[16] == 0x3A,
            let date = CalendarDate(isoBytes: bytes, count: 10),
            let hour = CalendarDate.twoDigits(bytes + 11), let minute = CalendarDate.twoDigits(bytes + 14),
            let second = CalendarDate.twoDigits(bytes + 17), hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            var place: Int64 = 100
            let start = index
            while index < count, bytes[index] &- 0x30 < 10 {
                let digit = Int64(bytes[index] &- 0x30)
                guard place > 0 || digit == 0 else { return nil }
                fraction += digit * place
                place /= 10
                index += 1
            }
            guard index > start, index < count else { return nil }
        }
        let offset: Int64
        switch bytes[index] {
        case UInt8(ascii: "Z"):
            guard count == index + 1 else { return nil }
            offset = 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard count == index + 6, bytes[index + 3] == 0x3A,
                let hours = CalendarDate.twoDigits(bytes + index + 1),
                let minutes = CalendarDate.twoDigits(bytes + index + 4), hours < 24, minutes < 60
            else { return nil }
            offset = Int64(hours * 3600 + minutes * 60) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
        default:
            return nil
        }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - offset
        let milliseconds = seconds * 1000 + fraction
        guard milliseconds >= Self.earliest.milliseconds, milliseconds <= Self.latest.milliseconds else { return nil }
        self.init(milliseconds: milliseconds)
    }
}
