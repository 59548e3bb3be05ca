import CRMModel
import Foundation
import Testing

struct CalendarDateTests {
    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    @Test(
        "known days have known numbers",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2026-11-21", 20_778),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ]
    )
    func numbers(text: String, days: Int) throws {
        #expect(try date(text).daysSinceEpoch == Int32(days))
        #expect(try #require(CalendarDate(daysSinceEpoch: days)).description == text)
    }

    @Test(
        "impossible days and other forms are refused",
        arguments: [
            "2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "1900-02-29",
            "2026-1-1",
            "2026/11/21", "26-11-21", "2026-11-21 ", "", "２０２６-11-21", "10000-01-01", "2026-11-2a",
        ]
    )
    func refused(text: String) {
        #expect(CalendarDate(iso: text) == nil)
    }

    @Test("every day of the calendar comes back from its own parts")
    func allDays() throws {
        for days in stride(from: -719_162, through: 2_932_896, by: 97) {
            let date = try #require(CalendarDate(daysSinceEpoch: days))
            let (year, month, day) = date.components
            #expect(CalendarDate(year: year, month: month, day: day) == date)
        }
        #expect(CalendarDate(daysSinceEpoch: 2_932_897) == nil)
        #expect(CalendarDate(daysSinceEpoch: -719_163) == nil)
    }

    @Test(
        "weekday and quarter",
        arguments: [
            ("2026-11-21", 6, 4), ("2026-01-01", 4, 1), ("2027-01-01", 5, 1), ("2024-12-30", 1, 4),
            ("2021-01-03", 7, 1),
            ("1969-12-28", 7, 4), ("9999-12-31", 5, 4), ("0001-01-01", 1, 1),
        ]
    )
    func parts(text: String, weekday: Int, quarter: Int) throws {
        let date = try date(text)
        #expect(date.weekday == weekday)
        #expect(date.quarter == quarter)
    }

    @Test(
        "months are added to the same day or the month's last",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-21", 2, "2027-01-21"),
            ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -13, "2024-12-15"), ("2024-02-29", 12, "2025-02-28"),
        ]
    )
    func months(text: String, months: Int, expected: String) throws {
        #expect(try date(text).adding(months: months)?.description == expected)
    }

    @Test("beyond the calendar there is nothing")
    func ends() throws {
        #expect(CalendarDate.latest.adding(days: 1) == nil)
        #expect(CalendarDate.earliest.adding(days: -1) == nil)
        #expect(CalendarDate.latest.adding(months: 1) == nil)
        #expect(CalendarDate.earliest.adding(months: -1) == nil)
        #expect(CalendarDate.latest.adding(days: Int.max) == nil)
        #expect(CalendarDate.latest.adding(years: Int.min) == nil)
    }

    @Test("the first days of week, month and year, and the last of a month")
    func spans() throws {
        let date = try date("2026-11-21")
        #expect(date.startOfWeek.description == "2026-11-16")
        #expect(date.startOfMonth.description == "2026-11-01")
        #expect(date.endOfMonth.description == "2026-11-30")
        #expect(date.startOfYear.description == "2026-01-01")
        #expect(date.chineseDescription == "2026年11月21日")
        #expect(date.startOfYear.days(until: date) == 324)
    }
}

struct InstantTests {
    private func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

    @Test(
        "ISO forms with a zone are read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-21T08:30:05Z", 1_795_249_805_000),
            ("2026-11-21T16:30:05+08:00", 1_795_249_805_000), ("2026-11-21T08:30:05.120Z", 1_795_249_805_120),
            ("2026-11-21T08:30:05.120000Z", 1_795_249_805_120), ("2026-11-21T08:30:05.1Z", 1_795_249_805_100),
            ("1969-12-31T23:59:59.999Z", -1), ("2026-11-20T22:30:05-10:00", 1_795_249_805_000),
        ]
    )
    func read(text: String, milliseconds: Int) {
        #expect(Instant(iso: text)?.milliseconds == Int64(milliseconds))
    }

    @Test(
        "other forms and impossible times are refused",
        arguments: [
            "2026-11-21", "2026-11-21T08:30Z", "2026-11-21 08:30:05Z", "2026-11-21T08:30:05", "2026-11-21T24:00:00Z",
            "2026-11-21T08:60:05Z", "2026-11-21T08:30:60Z", "2026-02-30T08:30:05Z", "2026-11-21T08:30:05.Z",
            "2026-11-21T08:30:05.1234Z", "2026-11-21T08:30:05Zx", "2026-11-21T08:30:05+8:00", "2026-11-21T08:30:05.123",
            "0001-01-01T00:00:00+01:00", "",
        ]
    )
    func refused(text: String) {
        #expect(Instant(iso: text) == nil)
    }

    @Test("the text has milliseconds only when there are some")
    func text() {
        #expect(Instant(milliseconds: 1_795_249_805_000).description == "2026-11-21T08:30:05Z")
        #expect(Instant(milliseconds: 1_795_249_805_007).description == "2026-11-21T08:30:05.007Z")
        #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(Instant.earliest.description == "0001-01-01T00:00:00Z")
        #expect(Instant.latest.description == "9999-12-31T23:59:59.999Z")
    }

    @Test("a day in Shanghai begins eight hours before that in Greenwich")
    func days() throws {
        let evening = try #require(Instant(iso: "2026-11-20T16:00:00Z"))
        #expect(evening.date(in: try zone("Asia/Shanghai")).description == "2026-11-21")
        #expect(evening.adding(milliseconds: -1).date(in: try zone("Asia/Shanghai")).description == "2026-11-20")
        #expect(evening.date(in: .gmt).description == "2026-11-20")
        #expect(evening.text(in: try zone("Asia/Shanghai")) == "2026-11-21 00:00:00")
    }

    @Test("the wall's time becomes the moment, also around a change of the clocks")
    func fromWall() throws {
        let date = try #require(CalendarDate(iso: "2026-11-21"))
        let shanghai = Instant(date: date, hour: 8, minute: 30, in: try zone("Asia/Shanghai"))
        #expect(shanghai?.description == "2026-11-21T00:30:00Z")
        let berlin = try zone("Europe/Berlin")
        // On 2026-10-25 the clocks go back from 03:00 to 02:00: 02:30 comes twice, the earlier one is at 00:30 UTC.
        let autumn = try #require(CalendarDate(iso: "2026-10-25"))
        #expect(Instant(date: autumn, hour: 2, minute: 30, in: berlin)?.description == "2026-10-25T00:30:00Z")
        #expect(Instant(date: autumn, hour: 12, in: berlin)?.description == "2026-10-25T11:00:00Z")
        #expect(Instant(date: date, hour: 24, in: berlin) == nil)
    }

    @Test("sums are cut at the ends of the calendar")
    func ends() {
        #expect(Instant.latest.adding(milliseconds: Int64.max) == .latest)
        #expect(Instant.earliest.adding(seconds: Int64.min) == .earliest)
        #expect(Instant(milliseconds: 0).adding(seconds: 60).milliseconds == 60_000)
    }
}
