public import struct Foundation.TimeZone

extension LenientInput {
    /// Reads a day: `2026-11-21`, `2026/11/21`, `2026.11.21`, `20261121`, `2026年11月21日`, `2026年1月2日`.
    ///
    /// Full-width digits are taken; a midnight after the day (`2026-11-21 00:00:00`, as spreadsheets write it) too.
    ///
    /// - Throws: `InputProblem` with the reason.
    public static func date(_ text: some StringProtocol) throws(InputProblem) -> CalendarDate {
        var reader = DateReader(prepared(text))
        guard !reader.isAtEnd else { throw .empty }
        let date = try reader.date()
        reader.skipBlanksOrT()
        if reader.isAtEnd { return date }
        guard let time = reader.time(), reader.isAtEnd, time.seconds == 0, time.milliseconds == 0 else {
            throw .notADate
        }
        return date
    }

    /// Reads a month without a day: `2021年5月`, `2021-05`, `2021.5`, `202105`.
    ///
    /// - Throws: `InputProblem` with the reason.
    public static func month(_ text: some StringProtocol) throws(InputProblem) -> (year: Int, month: Int) {
        var reader = DateReader(prepared(text))
        guard !reader.isAtEnd else { throw .empty }
        guard let month = reader.month() else { throw .notADate }
        return month
    }

    /// Reads a day with a time: `2026-11-21 08:30`, `2026/11/21 8:30:05`, `2026年11月21日 下午3点20分`, ISO forms with a zone.
    ///
    /// A time without a zone is one of the time zone given; where its clocks show it twice, the earlier moment is meant. A
    /// day alone is its first moment.
    ///
    /// - Throws: `InputProblem` with the reason; `.skippedTime` when the zone's clocks never show the time, `.momentRange`
    ///   for a moment that no field can hold.
    public static func instant(_ text: some StringProtocol, in zone: TimeZone) throws(InputProblem) -> Instant {
        try moment(text).instant(in: zone)
    }

    /// Reads a day with a time as ``instant(_:in:)`` does, before it is known which zone's clocks it is of.
    ///
    /// - Throws: `InputProblem` with the reason.
    package static func moment(_ text: some StringProtocol) throws(InputProblem) -> WrittenMoment {
        let prepared = prepared(text)
        if let instant = Instant(iso: prepared) { return .moment(instant) }
        var reader = DateReader(prepared)
        guard !reader.isAtEnd else { throw .empty }
        let date = try reader.date()
        reader.skipBlanksOrT()
        if reader.isAtEnd { return .day(date) }
        guard let (seconds, milliseconds) = reader.time() else { throw .notATime }
        let offset = reader.offset()
        guard reader.isAtEnd else { throw .notATime }
        guard let offset else { return .clock(date, seconds: seconds, milliseconds: milliseconds) }
        let total = (Int64(date.daysSinceEpoch) * 86_400 + Int64(seconds - offset)) * 1000 + Int64(milliseconds)
        let instant = Instant(milliseconds: total)
        guard instant.milliseconds == total else { throw .momentRange }
        return .moment(instant)
    }
}

/// A moment as somebody wrote it.
package enum WrittenMoment {
    /// One that is the same in every time zone: it says its offset from UTC.
    case moment(Instant)
    /// A day without a time.
    case day(CalendarDate)
    /// A day and a time of a clock on the wall, in seconds and milliseconds since midnight.
    case clock(CalendarDate, seconds: Int, milliseconds: Int)

    /// The moment that is meant where clocks go by a time zone.
    ///
    /// - Throws: `InputProblem.skippedTime` when they never show it, `.momentRange` when no field can hold it.
    package func instant(in zone: TimeZone) throws(InputProblem) -> Instant {
        let instant: Instant?
        switch self {
        case .moment(let moment): instant = moment
        case .day(let date): instant = Instant(startOf: date, in: zone)
        case .clock(let date, let seconds, let milliseconds):
            instant = Instant(
                date: date,
                hour: seconds / 3600,
                minute: seconds / 60 % 60,
                second: seconds % 60,
                millisecond: milliseconds,
                in: zone
            )
        }
        guard let instant else { throw .skippedTime }
        guard instant.isWritable else { throw .momentRange }
        return instant
    }
}

/// Reads the parts of a date from left to right.
private struct DateReader {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var isAtEnd: Bool { index == scalars.count }

    mutating func skipBlanksOrT() {
        while index < scalars.count, scalars[index] == " " || scalars[index] == "T" { index += 1 }
    }

    private mutating func skipBlanks() {
        while index < scalars.count, scalars[index] == " " { index += 1 }
    }

    private mutating func take(_ signs: Unicode.Scalar...) -> Bool {
        guard index < scalars.count, signs.contains(scalars[index]) else { return false }
        index += 1
        return true
    }

    private mutating func digits(_ limit: Int) -> (number: Int, count: Int)? {
        var number = 0
        var count = 0
        while index < scalars.count, count < limit, "0"..."9" ~= scalars[index] {
            number = number * 10 + Int(scalars[index].value - 0x30)
            count += 1
            index += 1
        }
        return count > 0 ? (number, count) : nil
    }

    mutating func date() throws(InputProblem) -> CalendarDate {
        guard let first = digits(8) else { throw .notADate }
        if isAtEnd, first.count == 4 || first.count == 6 && 1...12 ~= first.number % 100 { throw .monthOnly }
        if first.count == 8 {
            // More digits are a number, such as the seconds of a clock that counts.
            guard digits(1) == nil else { throw .notADate }
            return try made(first.number / 10_000, first.number / 100 % 100, first.number % 100)
        }
        skipBlanks()
        let separator = index < scalars.count ? scalars[index] : " "
        guard take("-", "/", ".", "年") else { throw .notADate }
        skipBlanks()
        if isAtEnd, separator == "年", first.count == 4 { throw .monthOnly }
        guard let month = digits(2) else { throw .notADate }
        skipBlanks()
        let isMonth = first.count == 4 && 1...12 ~= month.number
        if isAtEnd, isMonth, separator != "年" { throw .monthOnly }
        guard separator == "年" ? take("月") : take(separator) else { throw .notADate }
        skipBlanks()
        if isAtEnd, isMonth, separator == "年" { throw .monthOnly }
        guard let day = digits(first.count == 4 ? 2 : 4) else { throw .notADate }
        skipBlanks()
        if separator == "年" { _ = take("日", "号") }
        guard first.count == 4 else { throw first.count <= 2 && day.count == 4 ? .ambiguousDate : .shortYear }
        return try made(first.number, month.number, day.number)
    }

    /// Reads a year and a month and nothing else.
    mutating func month() -> (year: Int, month: Int)? {
        guard let first = digits(6) else { return nil }
        if first.count == 6, isAtEnd {
            let (year, month) = (first.number / 100, first.number % 100)
            return 1...12 ~= month ? (year, month) : nil
        }
        guard first.count == 4 else { return nil }
        skipBlanks()
        let separator = index < scalars.count ? scalars[index] : " "
        guard take("-", "/", ".", "年") else { return nil }
        skipBlanks()
        guard let month = digits(2), 1...12 ~= month.number else { return nil }
        skipBlanks()
        if separator == "年", !take("月") { return nil }
        return isAtEnd ? (first.number, month.number) : nil
    }

    private func made(_ year: Int, _ month: Int, _ day: Int) throws(InputProblem) -> CalendarDate {
        guard let date = CalendarDate(year: year, month: month, day: day) else { throw .impossibleDate }
        return date
    }

    /// Reads `8:30`, `08:30:05.123`, `8时30分`, `8点`, with 上午/下午 before; nil when it is no time of a day.
    mutating func time() -> (seconds: Int, milliseconds: Int)? {
        var afternoon: Bool?
        if take("上") {
            guard take("午") else { return nil }
            afternoon = false
        } else if take("下") {
            guard take("午") else { return nil }
            afternoon = true
        }
        skipBlanks()
        guard var hour = digits(2)?.number else { return nil }
        let chinese = index < scalars.count && ["时", "點", "点"].contains(scalars[index])
        guard take(":", "时", "点", "點") else { return nil }
        var (minute, second, milliseconds) = (0, 0, 0)
        if chinese {
            if let number = digits(2)?.number {
                guard take("分") else { return nil }
                minute = number
                if let number = digits(2)?.number {
                    guard take("秒") else { return nil }
                    second = number
                }
            }
        } else {
            guard let part = digits(2), part.count == 2 else { return nil }
            minute = part.number
            if take(":") {
                guard let part = digits(2), part.count == 2 else { return nil }
                second = part.number
                if take(".") {
                    guard let part = digits(3) else { return nil }
                    milliseconds = part.number * (part.count == 1 ? 100 : part.count == 2 ? 10 : 1)
                }
            }
        }
        if let afternoon {
            guard hour <= 12 else { return nil }
            hour = hour % 12 + (afternoon ? 12 : 0)
        }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return (hour * 3600 + minute * 60 + second, milliseconds)
    }

    /// Reads `Z`, `+08:00` or `+0800`, in seconds; nil and nothing taken when there is none.
    mutating func offset() -> Int? {
        let start = index
        if take("Z") { return 0 }
        let negative = index < scalars.count && scalars[index] == "-"
        guard take("+", "-"), let hours = digits(2), hours.count == 2 else {
            index = start
            return nil
        }
        _ = take(":")
        guard let minutes = digits(2), minutes.count == 2, hours.number < 24, minutes.number < 60 else {
            index = start
            return nil
        }
        return (hours.number * 3600 + minutes.number * 60) * (negative ? -1 : 1)
    }
}
