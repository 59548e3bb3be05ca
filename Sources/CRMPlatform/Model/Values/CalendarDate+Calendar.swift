extension CalendarDate {
    /// The year, 1…9999.
    public var year: Int { components.year }

    /// The month, 1…12.
    public var month: Int { components.month }

    /// The day of the month, 1…31.
    public var day: Int { components.day }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    public var weekday: Int {
        // 1970-01-01 was a Thursday.
        let shifted = (Int(daysSinceEpoch) + 3) % 7
        return (shifted < 0 ? shifted + 7 : shifted) + 1
    }

    /// The quarter, 1…4.
    public var quarter: Int { (month - 1) / 3 + 1 }

    /// The day so many days later, or earlier when negative; nil outside the years 0001…9999.
    public func adding(days: Int) -> CalendarDate? {
        let (sum, overflow) = Int(daysSinceEpoch).addingReportingOverflow(days)
        return overflow ? nil : CalendarDate(daysSinceEpoch: sum)
    }

    /// The same day so many months later, cut to the month's last day (31 January + 1 = 28 or 29 February).
    ///
    /// Nil outside the years 0001…9999.
    public func adding(months: Int) -> CalendarDate? {
        guard months.magnitude <= 120_000 else { return nil }
        let (year, month, day) = components
        let total = year * 12 + month - 1 + months
        guard total >= 12 else { return nil }
        let newYear = total / 12
        let newMonth = total % 12 + 1
        return CalendarDate(
            year: newYear,
            month: newMonth,
            day: min(day, Self.daysInMonth(year: newYear, month: newMonth))
        )
    }

    /// The same day so many years later; 29 February becomes 28 February where there is none.
    ///
    /// Nil outside the years 0001…9999.
    public func adding(years: Int) -> CalendarDate? {
        years.magnitude <= 10_000 ? adding(months: years * 12) : nil
    }

    /// The number of days from this day to another; negative when the other is earlier.
    public func days(until other: CalendarDate) -> Int {
        Int(other.daysSinceEpoch) - Int(daysSinceEpoch)
    }

    /// The Monday of this day's week.
    public var startOfWeek: CalendarDate { adding(days: 1 - weekday) ?? .earliest }

    /// The first day of this day's month.
    public var startOfMonth: CalendarDate { adding(days: 1 - day) ?? .earliest }

    /// The last day of this day's month.
    public var endOfMonth: CalendarDate {
        let (year, month, day) = components
        return adding(days: Self.daysInMonth(year: year, month: month) - day) ?? .latest
    }

    /// 1 January of this day's year.
    public var startOfYear: CalendarDate { first(month: 1) }

    private func first(month: Int) -> CalendarDate {
        CalendarDate(year: year, month: month, day: 1) ?? .earliest
    }
}
