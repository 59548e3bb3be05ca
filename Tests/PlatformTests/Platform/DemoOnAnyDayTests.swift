import CRMPlatform
import Foundation
import TestSupport
import Testing

/// The demonstration data of every plugin of the repository, installed on days that are unlike each other.
@Suite("Demonstration data on any day", .tags(.slow))
struct DemoOnAnyDayTests {
    /// Whether `scripts/test --long` asks for all days, and for the largest file whole.
    private static let isLong = ProcessInfo.processInfo.environment["CRM_LONG_TESTS"] == "1"

    /// Ends and beginnings of months and years, leap days, a Sunday, and days far from the one the data was written for.
    private static let days: [String] = {
        let short = [
            "2026-11-18", "2026-11-30", "2026-12-31", "2027-01-01", "2027-02-28", "2028-02-29", "2029-07-01",
            "2036-11-21",
        ]
        let more = [
            "2024-02-29", "2025-12-31", "2026-01-01", "2026-11-01", "2026-11-21", "2026-11-29", "2026-12-01",
            "2027-01-02",
            "2027-01-31", "2027-02-01", "2027-03-01", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30",
            "2027-08-31",
            "2027-10-31", "2027-11-30", "2027-12-31", "2028-01-01", "2028-02-28", "2028-03-01", "2028-12-31",
            "2029-02-28",
            "2029-05-06", "2030-09-30", "2031-12-28", "2032-02-29", "2033-01-31", "2035-12-31", "2036-02-29",
            "2039-03-13",
        ]
        return isLong ? short + more : short
    }()

    /// The plugins of the repository, what others are built on first.
    private static let plugins: [String] = {
        let names = Repository.names(in: "plugins").filter { !$0.hasPrefix("_") && !$0.hasPrefix(".") }
        return names.filter { $0 == "sales" } + names.filter { $0 != "sales" }
    }()

    @Test("every row of every plugin is taken into one file, and every script runs to its end", arguments: days)
    func together(_ day: String) throws {
        let scratch = try ScratchFolder()
        let platform = try Self.platform(on: day)
        #expect(Self.plugins.count >= 4)
        for name in Self.plugins {
            let report = try platform.installPlugin(Self.source(name, scratch), demo: true)
            #expect(!report.demo.isEmpty, "\(name)")
            if name == "sales" { try Self.expectSales(platform, as: #require(CalendarDate(iso: day))) }
        }
        #expect(try platform.check().isEmpty)
    }

    @Test(
        "and so is each with nothing but what it is built on",
        arguments: isLong ? days : ["2026-11-30"],
        plugins.filter { $0 != "sales" }
    )
    func alone(_ day: String, _ name: String) throws {
        let scratch = try ScratchFolder()
        let platform = try Self.platform(on: day)
        let report = try platform.installPlugin(Self.source(name, scratch), demo: true)
        #expect(!report.demo.isEmpty)
        #expect(try platform.check().isEmpty)
    }

    /// What sales shows is as old on every day as it was on 21 November 2026.
    private static func expectSales(_ platform: Platform, as today: CalendarDate) throws {
        func first(_ object: String, _ field: String, descending: Bool = false) throws -> Record {
            let name = try #require(ObjectName(rawValue: object))
            let query = Query(object: name, sort: [SortKey(field: field, descending: descending)], limit: 1)
            let found = try platform.read(as: .administrator) { session in
                try session.find(query).records
            }
            return try #require(found.first)
        }
        func later(_ days: Int) throws -> Value { .date(try #require(today.adding(days: days))) }
        // The first row of demo/customers.csv: 13 October is 39 days before, 29 December 38 days after.
        let customer = try first("customer", "id")
        #expect(try customer["established_on"] == later(-39))
        #expect(try customer["next_contact_on"] == later(38))
        // demo/business.lua: follow-ups of the last ninety days, orders of the last 320.
        for (object, field, oldest) in [("follow_up", "contacted_on", -90), ("sales_order", "ordered_on", -320)] {
            #expect(try first(object, field, descending: true)[field].displayText <= later(0).displayText)
            #expect(try first(object, field)[field].displayText >= later(oldest).displayText)
        }
    }

    @Test("what the template makes can be shown", arguments: days)
    func template(_ day: String) throws {
        let scratch = try ScratchFolder()
        let id = try #require(PluginID(rawValue: "mine"))
        let template = Repository.path("plugins/_template")
        _ = try Platform.newPlugin(id: id, in: scratch.path, title: "T", template: template)
        try Self.platform(on: day).installPlugin(.folder(scratch.path + "/mine"), demo: true)
    }

    static func platform(on day: String) throws -> Platform {
        var options = PlatformOptions()
        options.clock = FixedClock(day + "T02:00:00Z")
        return try Platform.inMemory(options: options)
    }

    /// A plugin of the repository; long files of plain rows have only their first thousand and those that scripts name,
    /// unless everything is asked for.
    static func source(_ name: String, _ scratch: ScratchFolder) throws -> PluginSource {
        let demo = "plugins/\(name)/demo/"
        let large =
            try isLong
            ? []
            : Repository.names(in: demo).filter { file in
                guard file.hasSuffix(".csv") else { return false }
                // Cells in quotes may have lines of their own, which a cut would part.
                let bytes = try Repository.bytes(demo + file)
                return bytes.count { $0 == 0x0A } > 2500 && !bytes.contains(UInt8(ascii: "\""))
            }
        guard !large.isEmpty else { return .folder(Repository.path("plugins/\(name)")) }
        try FileManager.default.copyItem(
            atPath: Repository.path("plugins/\(name)"),
            toPath: scratch.path + "/" + name
        )
        let named = try Repository.names(in: demo).filter { $0.hasSuffix(".lua") }.flatMap { file in
            String(decoding: try Repository.bytes(demo + file), as: UTF8.self).split(separator: "\"")
                .filter { $0.count >= 8 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
        }
        for file in large {
            let lines = String(decoding: try Repository.bytes(demo + file), as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false)
            let kept = lines.enumerated().filter { offset, line in
                offset <= 1000 || line.split(separator: ",").contains { cell in named.contains(cell) }
            }
            try scratch.write(kept.map { String($0.element) }.joined(separator: "\n"), to: "\(name)/demo/\(file)")
        }
        return .folder(scratch.path + "/" + name, searchPath: [Repository.path("plugins")])
    }
}
