import CRMModel
import CRMRecords
import Foundation
import Testing

/// Days of moments in zones whose clocks change: by the calendar, in memory and in SQL alike.
@Suite("Days in time zones whose clocks change")
struct ZoneTests {
    /// A zone with the UTC moments at which its clocks changed.
    struct Place: CustomTestStringConvertible, Sendable {
        let zone: String
        let changes: [String]
        var testDescription: String { zone }
    }

    private static let places = [
        Place(zone: "America/New_York", changes: ["2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z"]),
        Place(zone: "Europe/Berlin", changes: ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"]),
        // Clocks that change at midnight, over midnight, by half an hour, and by a whole day.
        Place(zone: "America/Sao_Paulo", changes: ["2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z"]),
        Place(zone: "America/Havana", changes: ["2026-03-08T05:00:00Z", "2026-11-01T05:00:00Z"]),
        Place(zone: "America/St_Johns", changes: ["2010-03-14T03:31:00Z", "2010-11-07T02:31:00Z"]),
        Place(zone: "Australia/Lord_Howe", changes: ["2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"]),
        Place(zone: "Pacific/Apia", changes: ["2011-12-30T10:00:00Z"]),
        Place(zone: "Asia/Shanghai", changes: ["1991-04-13T18:00:00Z", "1991-09-14T15:00:00Z"]),
    ]

    /// Moments on both sides of the changes, and half a year away.
    private static func moments(_ place: Place) -> [Instant] {
        place.changes.flatMap { change -> [Instant] in
            let at = utcMoment(change)
            let near = stride(from: -50, through: 50, by: 1).flatMap { half in
                [-1, 0, 60].map { at.adding(seconds: Int64(half) * 1800 + $0) }
            }
            return near + [-4000, -3000, 3000, 4000].map { at.adding(seconds: Int64($0) * 3600) }
        }
    }

    private static func fixture(_ place: Place) throws -> QueryFixture {
        let zone = try #require(TimeZone(identifier: place.zone))
        let plain = try QueryFixture()
        let visited = try #require(plain.customer.slot(of: fieldName("visited")))
        let id = try #require(plain.customer.slot(of: fieldName("id")))
        let made = moments(place).enumerated().map { index, moment in
            var values = plain.customers[index % plain.customers.count].values
            values[id] = .integer(Int64(index + 1))
            values[visited] = .instant(moment)
            return Record(object: plain.customer, values: values)
        }
        return try QueryFixture(in: zone, customers: made)
    }

    /// The day that a calendar of the system shows.
    private static func calendarDay(_ moment: Instant, _ zone: TimeZone) throws -> CalendarDate {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: moment.foundationDate)
        return try #require(
            CalendarDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
        )
    }

    @Test("a moment is found on the day that the calendar shows, by every comparison, both ways", arguments: places)
    func comparisons(place: Place) throws {
        let fixture = try Self.fixture(place)
        let moments = Self.moments(place)
        let shown = try moments.map { try Self.calendarDay($0, fixture.timeZone) }
        let comparisons: [(String, (CalendarDate, CalendarDate) -> Bool)] = [
            ("=", ==), ("<>", !=), ("<", <), ("<=", <=), (">", >), (">=", >=),
        ]
        for change in place.changes {
            let middle = try Self.calendarDay(utcMoment(change), fixture.timeZone)
            for day in (-2...2).compactMap({ middle.adding(days: $0) }) {
                for (sign, holds) in comparisons {
                    let text = "visited \(sign) '\(day)'"
                    let wanted = shown.indices.filter { holds(shown[$0], day) }.map { Int64($0 + 1) }
                    #expect(try fixture.ids(text) == wanted, "\(text)")
                    let checked = try fixture.check(text)
                    let found = try fixture.customers.filter { try fixture.evaluate(checked, $0) == .boolean(true) }
                    #expect(found.map { $0.id } == wanted, "\(text) in memory")
                }
            }
        }
    }

    @Test("what is worked out of the day of a moment is the same in memory and in SQL", arguments: places)
    func expressions(place: Place) throws {
        let fixture = try Self.fixture(place)
        let texts = [
            "day(visited)", "month(visited)", "year(visited)", "date(visited) - date '2026-03-01'", "born = visited",
            "visited = born", "visited < today()", "visited = today()", "visited in ('2026-03-08', '2026-11-01')",
            "visited between '2026-03-08' and '2026-03-29'", "visited >= '2026-03-29 03:30'",
            "visited < '2026-11-01 01:30'", "coalesce(visited, now()) = '2026-10-25'",
        ]
        for text in texts {
            let checked = try fixture.check(text)
            let expected = try fixture.customers.map { try fixture.evaluate(checked, $0) }
            #expect(try fixture.valuesInSQL(text) == expected, "\(text)")
        }
    }

    @Test("a day that begins while clocks are put forward begins with its first moment")
    func midnightLeftOut() throws {
        let zone = try #require(TimeZone(identifier: "America/Sao_Paulo"))
        let day = CalendarDate(year: 2018, month: 11, day: 4) ?? .earliest
        #expect(Instant(date: day, in: zone) == nil)
        let first = try #require(Instant(startOf: day, in: zone))
        #expect(first == utcMoment("2018-11-04T03:00:00Z"))
        #expect(first.date(in: zone) == day)
        #expect(try LenientInput.instant("2018-11-04", in: zone) == first)
        let apia = try #require(TimeZone(identifier: "Pacific/Apia"))
        #expect(Instant(startOf: CalendarDate(year: 2011, month: 12, day: 30) ?? .earliest, in: apia) == nil)
    }

    @Test("a filter with a time that the clocks leave out is refused with the zone, and one with an offset is not")
    func leftOutInFilters() throws {
        let fixture = try Self.fixture(Self.places[0])
        let text = "visited >= '2026-03-08 02:30'"
        let error = #expect(throws: ExpressionError.self) { try fixture.check(text) }
        #expect(error?.message.text(in: .en).contains("America/New_York") == true)
        #expect(try !fixture.ids("visited >= '2026-03-08 02:30-05:00'").isEmpty)
        #expect(throws: ExpressionError.self) { try fixture.check("visited < '9999-12-31 12:00'") }
    }
}
