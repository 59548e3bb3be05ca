import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMStorage

/// The settings of a file, and that they decide, whoever opens it.
@Suite("Settings of a file")
struct FileSettingsTests {
    private let folder: ScratchFolder
    private let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.path + "/t.crm"
    }

    private func options(at moment: String = "2026-11-21T02:00:00Z", zone: String? = nil) throws -> PlatformOptions {
        var options = PlatformOptions()
        options.clock = FixedClock(moment)
        if let zone { options.timeZone = try #require(TimeZone(identifier: zone)) }
        return options
    }

    private static let visit = """
        {"name": "visit", "label": {"zh-CN": "拜访", "zh-TW": "拜訪", "en": "Visit"}, "title_field": "code",
         "fields": [
          {"name": "code", "type": "auto_number", "label": "C"},
          {"name": "day", "type": "date", "label": "D", "default": "today()"},
          {"name": "seen", "type": "date_time", "label": "S"}],
         "code_rules": [{"name": "visit_code", "field": "code", "pattern": "V{yyyy}{MM}-{seq:3}", "reset": "month"}],
         "validation_rules": [{"name": "same_day", "condition": "seen = day",
           "message": {"zh-CN": "不是当天", "zh-TW": "不是當天", "en": "another day"}}]}
        """

    private func install(_ platform: Platform) throws {
        let manifest = #"{"id": "visits", "version": "1.0.0", "api": 1, "type": "module", "title": "V"}"#
        try platform.installPlugin(
            .folder(folder.plugin("visits", ["plugin.json": manifest, "objects/visit.json": Self.visit]))
        )
    }

    private func change(_ platform: Platform, _ words: String...) throws {
        try platform.setSettings(ParameterInput(words: words), in: UnitContext(.administrator, origin: .shell))
    }

    @Test("a new file has language, zone and usual values; its name is not set")
    func beginning() throws {
        var made = try options(zone: "Europe/Berlin")
        made.language = .en
        let platform = try Platform.create(at: path, options: made)
        let settings = try platform.settings
        #expect(settings.timeZone.identifier == "Europe/Berlin" && settings.language == .en)
        #expect(settings.currency == "CNY" && settings.weekStart == .monday && settings.fiscalYearStart == 1)
        #expect(settings.given[.name] == nil && settings.given.count == 5)
    }

    @Test("a file of before there were settings has none, and days go by the zone of China")
    func without() throws {
        try FileManager.default.copyItem(atPath: Repository.path("Tests/Corpus/format-2/company.db"), toPath: path)
        let platform = try Platform.open(at: path, options: options(at: "2026-11-20T16:00:00Z"))
        let settings = try platform.settings
        #expect(settings.given.isEmpty && settings.usual[.timeZone] == "Asia/Shanghai")
        let today = try platform.read(as: .administrator) { session in session.today }
        #expect(today.description == "2026-11-21")
    }

    @Test("codes, defaults and rules go by the file's zone on both sides of a change of clocks, whoever opens it")
    func zone() throws {
        let made = try Platform.create(at: path, options: options(zone: "America/New_York"))
        try install(made)
        try made.close()
        // Summer time ends on 2026-11-01 at 06:00 UTC: until then the day begins at 04:00 UTC, from then on at 05:00.
        let moments = [
            ("2026-11-01T03:59:00Z", "V202610-001", "2026-10-31"),
            ("2026-11-01T04:01:00Z", "V202611-001", "2026-11-01"),
            ("2026-11-02T04:59:00Z", "V202611-002", "2026-11-01"),
            ("2026-12-01T04:59:00Z", "V202611-003", "2026-11-30"),
            ("2026-12-01T05:01:00Z", "V202612-001", "2026-12-01"),
            ("2027-04-01T04:01:00Z", "V202704-001", "2027-04-01"),
        ]
        for (moment, code, day) in moments {
            let platform = try Platform.open(at: path, options: options(at: moment, zone: "Asia/Tokyo"))
            let record = try platform.write(as: .administrator, origin: .shell) { session in
                try session.create(object("visit"), ["seen": moment]).record
            }
            #expect(record["code"] == .text(code))
            #expect(record["day"].displayText == day)
            try platform.close()
        }
        // Each save has passed the rule that the moment lies on that day; so do the days of filters, months later.
        let platform = try Platform.open(at: path, options: options(at: "2027-07-01T00:00:00Z", zone: "Asia/Tokyo"))
        let found = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("visit"), filter: "seen = '2026-11-01'")).records.map(\.title)
        }
        #expect(found == ["V202611-001", "V202611-002"])
        // A moment of an hour later in winter than in summer time.
        let late = refusal {
            _ = try platform.write(as: .administrator, origin: .shell) { session in
                try session.create(object("visit"), ["seen": "2026-12-01T04:30:00Z", "day": "2026-12-01"])
            }
        }
        #expect(late?.issues.map(\.rule) == ["same_day"])
    }

    @Test("exports and what people type follow the zone, from the change on, also for others who have the file open")
    func change() throws {
        let platform = try Platform.create(at: path, options: options())
        try install(platform)
        let other = try Platform.open(at: path, options: options())
        try platform.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(object("visit"), ["seen": "2026-11-21 10:00", "day": "2026-11-21"])
        }
        func exported(_ platform: Platform) throws -> String {
            let bytes = Bytes()
            _ = try platform.exportRecords(
                query: Query(object: object("visit")),
                to: .csv(bom: false),
                fields: [#require(FieldName(rawValue: "seen"))],
                style: .people,
                as: .administrator,
                language: .en
            ) { bytes.append($0) }
            return bytes.text
        }
        #expect(try exported(other).contains("2026-11-21 10:00:00"))
        try change(platform, "time_zone=europe/berlin", "currency=rmb", "fiscal_year_start=4月", "week_start=周日")
        #expect(try exported(other).contains("2026-11-21 03:00:00"))
        let settings = try other.settings
        #expect(settings.timeZone.identifier == "Europe/Berlin" && settings.currency == "CNY")
        #expect(settings.fiscalYearStart == 4 && settings.weekStart == .sunday)
        try other.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(object("visit"), ["seen": "2026-07-01 10:00", "day": "2026-07-01"])
        }
        #expect(try exported(platform).contains("2026-07-01 10:00:00"))
    }

    @Test("the history of settings says who changed what; what stays as it was is no change")
    func history() throws {
        let platform = try Platform.create(at: path, options: options())
        #expect(try platform.settingsHistory().isEmpty)
        try change(platform, "name=华东展览", "currency=CNY")
        try change(platform, "name=华东展览有限公司", "language=en")
        try change(platform, "name=")
        let changes = try platform.settingsHistory()
        #expect(changes.map(\.name) == [.name, .name, .language, .name])
        #expect(changes.map(\.old) == [nil, "华东展览", "zh-CN", "华东展览有限公司"])
        #expect(changes.map(\.new) == ["华东展览", "华东展览有限公司", "en", nil])
        #expect(changes.allSatisfy { $0.userID == 1 && $0.origin == "shell" })
        #expect(changes.allSatisfy { $0.at.description == "2026-11-21T02:00:00Z" })
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
    }

    @Test("settings go by their labels too, and places and months by what people call them")
    func labels() throws {
        let platform = try Platform.create(at: path, options: options(zone: "Europe/Berlin"))
        try change(platform, "公司名称=甲", "时区=北京", "财年开始的月份=四月", "語言=繁體中文")
        let settings = try platform.settings
        #expect(settings.name == "甲" && settings.timeZone.identifier == "Asia/Shanghai")
        #expect(settings.fiscalYearStart == 4 && settings.language == .zhTW)
        try change(platform, "公司名称= ", "财年开始的月份=")
        #expect(try platform.settings.given[.name] == nil && platform.settings.fiscalYearStart == 1)
        #expect(refusal { try change(platform, "name=a", "公司名称=b") }?.code == .invalidInput)
    }

    @Test("a zone that this machine does not know keeps days from being told, not from being set right")
    func unknownZone() throws {
        try Platform.create(at: path, options: options()).close()
        let store = try SQLiteStore.open(path: path)
        try store.write { connection throws(PlatformError) in
            try connection.execute("UPDATE crmMeta SET value='Mars/Phobos' WHERE key='timeZone'")
        }
        try store.close()
        let platform = try Platform.open(at: path, options: options())
        let today = refusal {
            _ = try platform.read(as: .administrator) { session in session.today }
        }
        #expect(today?.text(in: .en).contains("\"Mars/Phobos\"") == true)
        let write = refusal {
            _ = try platform.write(as: .administrator, origin: .shell) { session in session.today
            }
        }
        #expect(write?.message.key == today?.message.key)
        #expect(try platform.check().contains { $0.message.text(in: .en).contains("Mars") })
        try platform.backup(to: folder.path + "/b.crm")
        try change(platform, "time_zone=Asia/Tokyo")
        let right = try platform.read(as: .administrator) { session in session.today }
        #expect(right.description == "2026-11-21")
    }

    @Test("the very next save goes by a zone that was just set, and so does the next read")
    func atOnce() throws {
        let platform = try Platform.create(at: path, options: options(at: "2026-11-21T20:00:00Z"))
        for (zone, day) in [("Pacific/Honolulu", "2026-11-21"), ("Pacific/Kiritimati", "2026-11-22")] {
            try change(platform, "time_zone=\(zone)")
            let saved = try platform.write(as: .administrator, origin: .shell) { session in
                session.timeZone.identifier + " " + session.today.description
            }
            let read = try platform.read(as: .administrator) { session in
                session.timeZone.identifier + " " + session.today.description
            }
            #expect(saved == "\(zone) \(day)" && read == saved)
        }
    }

    @Test("wrong values are refused together, with what is allowed, and nothing is kept")
    func wrong() throws {
        let platform = try Platform.create(at: path, options: options())
        let error = refusal {
            try change(
                platform,
                "name=甲",
                "language=fr",
                "time_zone=Qqqqqqqq",
                "currency=QQQ",
                "week_start=tuesday",
                "fiscal_year_start=13"
            )
        }
        let texts = error?.issues.map { $0.message.text(in: .en) } ?? []
        #expect(texts.count == 5)
        #expect(texts.contains { $0.contains("zh-CN, zh-TW, en") })
        #expect(texts.contains { $0.contains("\"Qqqqqqqq\"") && $0.contains("Asia/Shanghai") })
        #expect(texts.contains { $0.contains("ISO 4217") })
        #expect(texts.contains { $0.contains("monday, saturday, sunday") })
        #expect(texts.contains { $0.contains("1 to 12") })
        #expect(try platform.settings.name.isEmpty)
        let wrong = [
            ["time_zone=EST"], ["time_zone=GMT+8"], ["time_zone=Etc/GMT+8"], ["name=a\u{1B}b"], ["name=\u{202E}a"],
            ["zone=UTC"], ["UTC"], ["name=a", "name=b"],
        ]
        for words in wrong {
            let refused = refusal {
                try platform.setSettings(ParameterInput(words: words), in: UnitContext(.administrator, origin: .shell))
            }
            #expect(refused?.code == .invalidInput, "\(words)")
        }
        #expect(try platform.settingsHistory().isEmpty)
        let city = refusal { try change(platform, "time_zone=new york") }
        #expect(city?.issues.first?.message.text(in: .en).contains("America/New_York") == true)
    }

    private func refusal(_ body: () throws -> Void) -> PlatformError? {
        do {
            try body()
            return nil
        } catch {
            return error as? PlatformError
        }
    }
}

/// Takes what is exported.
private final class Bytes: @unchecked Sendable {
    // Written on the caller's thread alone, while the export runs.
    private var bytes: [UInt8] = []

    func append(_ more: [UInt8]) { bytes += more }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
