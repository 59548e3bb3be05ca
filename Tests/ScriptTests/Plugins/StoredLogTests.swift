import CRMModel
import CRMRecords
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("The log of a file")
struct StoredLogTests {
    private func company(_ main: String) throws -> (ScratchFolder, Platform) {
        let folder = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        options.language = .en
        let platform = try Platform.inMemory(options: options)
        let files = ScriptCompany.metadata.merging(["main.lua": main]) { $1 }
        try platform.installPlugin(.folder(folder.plugin("demo", files)))
        return (folder, platform)
    }

    private func create(_ name: String, _ platform: Platform) throws {
        try platform.write(as: .administrator, origin: .library) { session in
            _ = try session.create(object("deal"), ["name": name])
        }
    }

    @Test("keeps what hooks print and log, with moment, level, plugin and record, also of a save that is refused")
    func kept() throws {
        let (_, platform) = try company(
            """
            crm.on("deal", "before_save", function(rec)
              crm.log.warn("thin")
              print("looked at " .. rec.name)
              if rec.name == "bad" then crm.log.debug("no") error("refused") end
            end)
            """
        )
        try create("good", platform)
        #expect(throws: PlatformError.self) { try create("bad", platform) }
        let lines = try platform.log()
        #expect(lines.map(\.text).dropLast() == ["thin", "looked at good", "thin", "looked at bad", "no"])
        // Who looks for why saves are refused looks here.
        #expect(lines.last?.text.contains("(main.lua:4): refused") == true)
        #expect(lines.map(\.level) == [.warn, .print, .warn, .print, .debug, .error])
        #expect(lines.allSatisfy { $0.plugin == "demo" && $0.at == FixedClock().now })
        #expect(try platform.log(from: .warn).map(\.level) == [.warn, .warn, .error])
        #expect(try platform.log(from: .info, limit: 2).map(\.text).first == "looked at bad")
        #expect(try platform.log(plugin: PluginID(rawValue: "other")).isEmpty)
        #expect(try platform.log(since: FixedClock().now.adding(seconds: 1)).isEmpty)
    }

    @Test("keeps what after_commit hooks could not do, and in a rehearsal what was said until its end")
    func effects() throws {
        let (_, platform) = try company(#"crm.on("deal", "after_commit", function(rec) error("no mail server") end)"#)
        try platform.beginRehearsal()
        try create("a", platform)
        try platform.rollbackRehearsal()
        let line = try #require(try platform.log().first)
        #expect(line.level == .error && line.record == "deal/1")
        #expect(line.text.contains("no mail server"))
    }
}
