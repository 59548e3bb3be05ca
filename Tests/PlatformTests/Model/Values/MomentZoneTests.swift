import CRMModel
import Foundation
import TestSupport
import Testing

/// Moments against the clocks of time zones: what is shown is read back as the same, and what no clock shows is refused.
@Suite("Moments and the clocks of time zones", .tags(.slow))
struct MomentZoneTests {
    private static let minute: Int64 = 60

    @Test("at the ends of the calendar every zone shows a moment that a field can hold, and reads it back")
    func ends() throws {
        for identifier in TimeZone.knownTimeZoneIdentifiers {
            let zone = try #require(TimeZone(identifier: identifier))
            for end in [Instant.writable.lowerBound, Instant.writable.upperBound] {
                for hours in [-30, -14, -8, 0, 8, 14, 30] as [Int64] {
                    let moment = end.adding(seconds: hours * 3600).wholeSeconds
                    guard moment.isWritable else { continue }
                    let shown = moment.text(in: zone)
                    #expect(shown.count == 19 && !shown.hasSuffix("Z"), "\(identifier): \(shown)")
                    let again = try LenientInput.instant(moment.readable(in: zone), in: zone)
                    #expect(again == moment, "\(identifier): \(shown)")
                }
            }
        }
        #expect(Instant.writable.lowerBound.description == "0001-01-02T00:00:00Z")
        #expect(Instant.writable.upperBound.description == "9999-12-30T23:59:59.999Z")
    }

    @Test(
        "what lies beyond is refused and not moved, however its zone is said",
        arguments: [
            ("0001-01-01 00:00", "Asia/Shanghai"), ("0001-01-01T23:59:59Z", "UTC"), ("0001-01-01 00:00+14:00", "UTC"),
            ("9999-12-31 23:59:59-12:00", "UTC"), ("9999-12-31T00:00:00Z", "Pacific/Kiritimati"),
            ("9999-12-31 00:00", "America/New_York"), ("0001-01-01", "Asia/Shanghai"), ("9999-12-31", "UTC"),
        ]
    )
    func beyond(_ text: String, _ identifier: String) throws {
        let zone = try #require(TimeZone(identifier: identifier))
        #expect(throws: InputProblem.momentRange) { try LenientInput.instant(text, in: zone) }
    }

    @Test("a moment of an older file that a zone has no day for is shown in UTC")
    func older() throws {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        let moment = try #require(Instant(iso: "9999-12-31T18:00:00Z"))
        #expect(moment.text(in: zone) == "9999-12-31T18:00:00Z")
        #expect(moment.readable(in: zone) == "9999-12-31T18:00:00Z")
    }

    private static let zones = [
        "America/New_York", "Europe/Berlin", "Europe/London", "Asia/Shanghai", "Pacific/Apia", "Pacific/Kwajalein",
        "America/Sao_Paulo", "America/Havana", "America/St_Johns", "Australia/Lord_Howe", "Africa/Monrovia",
        "Asia/Manila", "America/Juneau", "Africa/Casablanca", "Asia/Pyongyang", "America/Caracas", "Antarctica/Troll",
    ]

    @Test("around every change of the clocks, a time is read as the moment that shows it, or refused", arguments: zones)
    func changes(_ identifier: String) throws {
        let zone = try #require(TimeZone(identifier: identifier))
        var date = Date(timeIntervalSince1970: -3_000_000_000)
        var count = 0
        while let next = zone.nextDaylightSavingTimeTransition(after: date),
            next < Date(timeIntervalSince1970: 2_000_000_000), count < 400
        {
            count += 1
            date = next
            try examine(try #require(Instant(next)), zone)
        }
        #expect(count > 0)
        if identifier == "Pacific/Apia" { try examine(try #require(Instant(iso: "2011-12-30T10:00:00Z")), zone) }
    }

    private func examine(_ change: Instant, _ zone: TimeZone) throws {
        // The moments around, by the quarter of an hour: each is shown so that it is read back.
        for quarter in -120...120 as ClosedRange<Int64> {
            let moment = change.adding(seconds: quarter * 15 * Self.minute).wholeSeconds
            let readable = moment.readable(in: zone)
            #expect(try LenientInput.instant(readable, in: zone) == moment, "\(zone.identifier) \(readable)")
        }
        // The local times around, by the quarter: read or refused as a search among all moments near finds.
        let before = zone.secondsFromGMT(for: change.adding(seconds: -1).foundationDate)
        let after = zone.secondsFromGMT(for: change.foundationDate)
        let offsets = Set([before, after])
        for quarter in -100...100 as ClosedRange<Int64> {
            let local = change.adding(seconds: Int64(before) + quarter * 15 * Self.minute).wholeSeconds
            let text = local.text(in: .gmt)
            let showing = offsets.map { local.adding(seconds: -Int64($0)) }.filter { $0.text(in: zone) == text }
            let read = try? LenientInput.instant(text, in: zone)
            // Another change so near may show the time as well.
            if let read, !showing.contains(read) {
                #expect(read.text(in: zone) == text)
            } else {
                #expect(read == showing.min(), "\(zone.identifier) \(text)")
            }
        }
    }

    @Test(
        "times that the clocks leave out are refused",
        arguments: [
            ("Asia/Shanghai", "1986-05-04 02:30"), ("America/New_York", "2026-03-08 02:00"),
            ("America/New_York", "2026-03-08 02:59:59"), ("Pacific/Apia", "2011-12-30 12:00"),
            ("Pacific/Apia", "2011-12-30"), ("Europe/Berlin", "2026年3月29日 2点30分"),
            ("America/Sao_Paulo", "2018-11-04 00:30"),
        ]
    )
    func leftOut(_ identifier: String, _ text: String) throws {
        let zone = try #require(TimeZone(identifier: identifier))
        #expect(throws: InputProblem.skippedTime) { try LenientInput.instant(text, in: zone) }
    }

    @Test("a time that comes twice is the earlier moment")
    func twice() throws {
        let zone = try #require(TimeZone(identifier: "America/New_York"))
        #expect(try LenientInput.instant("2026-11-01 01:30", in: zone).description == "2026-11-01T05:30:00Z")
        let later = try #require(Instant(iso: "2026-11-01T06:30:00Z"))
        #expect(later.readable(in: zone) == "2026-11-01 01:30:00-05:00")
    }
}
