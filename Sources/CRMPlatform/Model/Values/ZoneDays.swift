import CRMConcurrency

package import struct Foundation.TimeZone

/// Which day it is in a time zone at a moment, and when a day begins there, on both sides of a change of its clocks.
///
/// There is one object for each zone, so that zones are compared by identity; what the zone says of a day is remembered.
package final class ZoneDays: Sendable {
    /// The zone.
    package let zone: TimeZone
    /// The zone's name, by which ``named(_:)`` finds it.
    package let name: String
    /// The offset on the days of UTC that were asked for; `changing` where it is not the same all day.
    private let known = Guarded<[Int64: Int32]>([:])

    private static let all = Guarded<[String: ZoneDays]>([:])
    private static let changing = Int32.min
    private static let knownLimit = 50_000
    private static let daySeconds: Int64 = 86_400

    private init(_ zone: TimeZone) {
        self.zone = zone
        name = zone.identifier
    }

    /// The days of a zone.
    package static func of(_ zone: TimeZone) -> ZoneDays {
        all.withLock { all in
            if let days = all[zone.identifier] { return days }
            let days = ZoneDays(zone)
            all[days.name] = days
            return days
        }
    }

    /// The days of the zone of that name, nil when there is none.
    package static func named(_ name: String) -> ZoneDays? {
        if let days = all.withLock({ $0[name] }) { return days }
        return TimeZone(identifier: name).map(of)
    }

    /// The day that the calendar on the wall shows; nil outside the years 0001…9999.
    package func day(of moment: Instant) -> CalendarDate? {
        day(ofSecond: moment.second).flatMap { CalendarDate(daysSinceEpoch: Int($0)) }
    }

    /// From which second since 1970 to before which a day lasts; nil at the ends of the calendar, and where clocks that are put
    /// back return to the day before, so that the day does not last on end.
    ///
    /// Empty for a day that was left out.
    package func seconds(of day: CalendarDate) -> Range<Int64>? {
        guard day.year > 1, day.year < 9999 else { return nil }
        let number = Int64(day.daysSinceEpoch)
        guard let low = start(of: number), let high = start(of: number + 1), low <= high else { return nil }
        return low..<high
    }

    /// The second since 1970 with which a day begins; nil as in ``seconds(of:)``, and for a day that was left out.
    package func firstSecond(of day: CalendarDate) -> Int64? {
        seconds(of: day).flatMap { $0.isEmpty ? nil : $0.lowerBound }
    }

    /// The first second of a day.
    private func start(of number: Int64) -> Int64? {
        let local = number * Self.daySeconds
        let before = offset(at: local - Self.daySeconds * 3 / 2)
        let after = offset(at: local + Self.daySeconds * 3 / 2)
        if before == after { return local - before }
        // Around a change it is looked for: the day of a second only rises, unless clocks go back over midnight.
        var low = local - max(before, after) - 1
        var high = local - min(before, after)
        if after < before, offset(at: local - before) == before, offset(at: local - after) == after,
            day(ofSecond: local - after - 1).map({ $0 < number }) ?? true
        {
            return nil
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if day(ofSecond: middle).map({ $0 >= number }) ?? false { high = middle } else { low = middle }
        }
        return high
    }

    private func day(ofSecond second: Int64) -> Int64? {
        Self.quotient(second + offset(at: second))
    }

    /// Seconds by which the clocks are ahead of UTC.
    private func offset(at second: Int64) -> Int64 {
        let day = Self.quotient(second)
        if let offset = known.withLock({ $0[day] }) {
            return offset == Self.changing ? zoneOffset(at: second) : Int64(offset)
        }
        let first = zoneOffset(at: day * Self.daySeconds)
        let isSteady = first == zoneOffset(at: (day + 1) * Self.daySeconds)
        known.withLock { known in
            if known.count >= Self.knownLimit { known.removeAll() }
            known[day] = isSteady ? Int32(clamping: first) : Self.changing
        }
        return isSteady ? first : zoneOffset(at: second)
    }

    private func zoneOffset(at second: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Instant(milliseconds: second * 1000).foundationDate))
    }

    private static func quotient(_ second: Int64) -> Int64 {
        second >= 0 ? second / daySeconds : (second - daySeconds + 1) / daySeconds
    }
}
