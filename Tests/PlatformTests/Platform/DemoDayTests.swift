import CRMPlatform
import Foundation
import TestSupport
import Testing

/// What demonstration data is worth on another day than the one on which it was written, and how it fails.
@Suite("The day of demonstration data")
struct DemoDayTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let object = """
        {"name": "low", "label": {"zh-CN": "样品", "zh-TW": "樣品", "en": "Sample"}, "fields": [
          {"name": "title", "type": "text", "label": "T", "required": true},
          {"name": "due", "type": "date", "label": "D"}, {"name": "seen", "type": "date_time", "label": "S"},
          {"name": "made", "type": "date", "label": "M"}]}
        """
    private static let rows = """
        title,due,seen
        plain 2026-11-21,2026-11-21,2026-11-21 08:30
        leap,2027/2/28,2026-11-21T23:30:00Z
        written,2026年12月31日,2026/11/22
        empty,,

        """

    private func plugin(_ demo: String, day: String? = "2026-11-21", _ files: [String: String] = [:]) throws -> String {
        let demoDay = day.map { #", "demo_day": "\#($0)""# } ?? ""
        var all = [
            "plugin.json": """
            {"id": "lower", "version": "1.0.0", "api": 1, "type": "module", "title": "L", "demo": [\(demo)]\(demoDay)}
            """,
            "objects/low.json": Self.object, "demo/a.csv": Self.rows,
            "demo/map.json": #"{"defaults": {"made": "2026-11-20"}}"#,
            "demo/s.lua": """
            local shift = ...
            crm.create("low", { title = "script", due = crm.date.date(2026, 11, 21) + shift, made = crm.date.today() })
            """,
        ]
        all.merge(files) { _, new in new }
        return try folder.plugin("lower", all)
    }

    private func company(on day: String) throws -> Platform {
        var options = PlatformOptions()
        options.clock = FixedClock(day + "T02:00:00Z")
        return try Platform.inMemory(options: options)
    }

    private func rows(_ platform: Platform) throws -> [String] {
        let query = Query(object: try #require(ObjectName(rawValue: "low")))
        return try platform.read(as: .administrator) { session in
            try session.find(query).records.map { record in
                ["title", "due", "seen", "made"].map { record[$0].displayText }.joined(separator: "|")
            }
        }
    }

    private static let steps = """
        {"import": "demo/a.csv", "object": "low", "map": "demo/map.json"}, {"run": "demo/s.lua"}
        """

    @Test("days, moments and defaults of files move to the day of installation, texts stay")
    func moved() throws {
        let platform = try company(on: "2028-02-29")
        try platform.installPlugin(.folder(plugin(Self.steps)), demo: true)
        // 465 days later: 2026-11-21 + 365 is 2027-11-21, + 40 to 12-31, + 31 + 29 to 2028-02-29.
        #expect(
            try rows(platform) == [
                "plain 2026-11-21|2028-02-29|2028-02-29T00:30:00Z|2028-02-28",
                "leap|2028-06-07|2028-02-29T23:30:00Z|2028-02-28",
                "written|2028-04-09|2028-02-29T16:00:00Z|2028-02-28", "empty|||2028-02-28",
                "script|2028-02-29||2028-02-29",
            ]
        )
    }

    @Test("days that a mapping says something of move as the others do")
    func movedByMapping() throws {
        let map = """
            {"columns": {"due": {"month": "last"}, "seen": {"empty": "clear"}},
             "values": {"made": {"opening": "2026-11-21", "none": null}}}
            """
        let rows = "title,due,seen,made\na,2026-11,2026-11-20,opening\nb,2026-12-31,,none\nc,,,2026-11-22\n"
        let platform = try company(on: "2026-11-30")
        let files = ["demo/a.csv": rows, "demo/map.json": map]
        try platform.installPlugin(
            .folder(plugin(#"{"import": "demo/a.csv", "object": "low", "map": "demo/map.json"}"#, files)),
            demo: true
        )
        // Nine days later; midnight in China is four in the afternoon before in UTC.
        #expect(
            try self.rows(platform) == [
                "a|2026-12-09|2026-11-28T16:00:00Z|2026-11-30", "b|2027-01-09||", "c|||2026-12-01",
            ]
        )
    }

    @Test("without a day of its own the data stays on its days, and a script gets no shift")
    func unmoved() throws {
        let platform = try company(on: "2028-02-29")
        try platform.installPlugin(.folder(plugin(Self.steps, day: nil)), demo: true)
        #expect(try rows(platform).first == "plain 2026-11-21|2026-11-21|2026-11-21T00:30:00Z|2026-11-20")
        #expect(try rows(platform).last == "script|2026-11-21||2028-02-29")
    }

    @Test("a day that is none is a mistake of the manifest")
    func wrongDay() throws {
        let problems = Platform.checkPlugin(folder: try plugin(Self.steps, day: "2026-11-31"))
        #expect(problems.map { $0.text(in: .en) }.joined().contains("2026-11-21"))
    }

    @Test("refused rows end the demonstration data: what, which rows and why; what was done is told before")
    func refused() throws {
        let files = ["demo/b.csv": "title,due\n,2026-11-21\nx,somewhen\ny,\n"]
        let path = try plugin(
            #"{"run": "demo/s.lua"}, {"import": "demo/b.csv", "object": "low"}, {"run": "demo/s.lua"}"#,
            files
        )
        let platform = try company(on: "2026-11-21")
        let told = Told()
        let error = #expect(throws: PlatformError.self) {
            try platform.installPlugins([.folder(path)], demo: true, news: { told.add($0) })
        }
        let text = try #require(error).text(in: .en)
        for part in [
            "demo/b.csv", "lower", "3 rows of Sample", "1 were created", "2 refused", "row 1", "row 2", "somewhen",
        ] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(error?.code == .validationFailed)
        #expect(told.texts == ["installed lower", "demo/s.lua: done"])
        #expect(try rows(platform).count == 2, "the first script and the good row, no second script")
    }

    @Test("a script that fails says which and why")
    func failing() throws {
        let path = try plugin(#"{"run": "demo/s.lua"}"#, ["demo/s.lua": "\n\nerror('nothing to show')"])
        let platform = try company(on: "2026-11-21")
        let error = #expect(throws: PlatformError.self) { try platform.installPlugin(.folder(path), demo: true) }
        let text = try #require(error).text(in: .en)
        #expect(text.contains("demo/s.lua") && text.contains("nothing to show"), "\(text)")
        #expect(error?.context.line == 3)
    }

    @Test("a plugin without demonstration data says so")
    func nothing() throws {
        let platform = try company(on: "2026-11-21")
        let report = try platform.installPlugin(.folder(plugin("")), demo: true)
        #expect(report.demo.map { $0.text(in: .en) } == ["The plugin lower has no demonstration data"])
    }
}

/// What an installation told while it went on.
private final class Told: @unchecked Sendable {
    // Told and read on the test's own thread.
    private(set) var texts: [String] = []

    func add(_ news: InstallNews) {
        switch news {
        case .installed(let plugins, _): texts.append("installed " + plugins.map(\.id.rawValue).joined(separator: ","))
        case .demo(let message): texts.append(message.text(in: .en))
        }
    }
}
