internal import CRMModel

/// The days and times that cells hold as numbers of days since the workbook's first day.
struct CellDate {
    /// Whether days are counted from 1904-01-01, as old spreadsheets of Apple computers did.
    let startsIn1904: Bool

    /// The day 1970-01-01, counted from the day 0 of either system.
    private static let epoch1900 = 25_569
    private static let epoch1904 = 24_107

    /// Writes what a number means under a format, such as `2026-11-21` or `2026-11-21 08:30:00`; false when there is no
    /// such day.
    func write(_ number: Double, _ format: CellFormat, into buffer: inout [UInt8]) -> Bool {
        guard number.isFinite, number >= 0, number < 3_000_000 else { return false }
        var day = Int(number)
        var seconds = Int(((number - Double(day)) * 86_400).rounded())
        if seconds == 86_400 {
            day += 1
            seconds = 0
        }
        switch format {
        case .duration:
            write(time: seconds + day * 86_400, into: &buffer)
            return true
        case .time where day == 0, .dateTime where day == 0:
            write(time: seconds, into: &buffer)
            return true
        default: break
        }
        guard let date = date(day) else { return false }
        date.write(into: &buffer)
        // A format that shows the day alone means the day; midnight is how spreadsheets write a day without a time.
        if format != .date, seconds > 0 {
            buffer.append(0x20)
            write(time: seconds, into: &buffer)
        }
        return true
    }

    private func date(_ day: Int) -> CalendarDate? {
        if startsIn1904 { return CalendarDate(daysSinceEpoch: day - Self.epoch1904) }
        // The system of 1900 has a 29th of February 1900, day 60, which there never was.
        guard day >= 1, day != 60 else { return nil }
        return CalendarDate(daysSinceEpoch: day - Self.epoch1900 + (day < 60 ? 1 : 0))
    }

    private func write(time seconds: Int, into buffer: inout [UInt8]) {
        let hours = seconds / 3600
        if hours < 10 { buffer.append(0x30) }
        buffer.append(contentsOf: String(hours).utf8)
        for part in [seconds / 60 % 60, seconds % 60] {
            buffer.append(UInt8(ascii: ":"))
            buffer.append(UInt8(0x30 + part / 10))
            buffer.append(UInt8(0x30 + part % 10))
        }
    }
}
