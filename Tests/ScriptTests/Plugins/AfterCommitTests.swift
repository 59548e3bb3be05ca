import CRMConcurrency
import CRMModel
import CRMRecords
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("After the commit")
struct AfterCommitTests {
    /// A company whose log is kept.
    private final class Logged {
        let folder: ScratchFolder
        let platform: Platform
        private let entries: Entries

        /// The entries, on whichever thread.
        private final class Entries: Sendable {
            let all = Guarded<[LogEntry]>([])
        }

        init(_ main: String) throws {
            folder = try ScratchFolder()
            let entries = Entries()
            var options = PlatformOptions()
            options.clock = FixedClock()
            options.language = .en
            options.log = { entry in entries.all.withLock { $0.append(entry) } }
            self.entries = entries
            platform = try Platform.inMemory(options: options)
            let files = ScriptCompany.metadata.merging(["main.lua": main]) { $1 }
            try platform.installPlugin(.folder(folder.plugin("demo", files)))
        }

        var log: [LogEntry] { entries.all.withLock { $0 } }

        func create(_ name: String) throws {
            try platform.write(as: .administrator, origin: .library) { session in
                try session.create(object("deal"), ["name": name])
            }
        }

        var names: [String] {
            get throws {
                try platform.read(as: .administrator) { session in
                    try session.find(Query(object: object("deal"), sort: [SortKey(field: "id")])).records.map {
                        $0["name"].displayText
                    }
                }
            }
        }
    }

    @Test("an error of a hook is told with the record, which is kept")
    func errors() throws {
        let company = try Logged(#"crm.on("deal", "after_commit", function(rec) error("no mail server") end)"#)
        try company.create("a")
        #expect(try company.names == ["a"])
        let errors = try company.platform.takeAfterCommitErrors()
        #expect(errors.count == 1)
        #expect(errors.first?.code == .hookFailed)
        #expect(errors.first?.context.hook == "after_commit" && errors.first?.context.plugin?.rawValue == "demo")
        let text = errors.first?.text(in: .en) ?? ""
        #expect(text.contains("deal/1 is saved") && text.contains("no mail server"))
        #expect(try company.platform.takeAfterCommitErrors().isEmpty)
    }

    @Test("what a hook saves has hooks of its own, and a circle ends")
    func chain() throws {
        let company = try Logged(
            """
            crm.on("deal", "after_commit", function(rec)
              if rec.name == "a" then crm.create("deal", {name = "b"}) end
              if rec.name == "b" then crm.create("deal", {name = "c"}) end
              if rec.name == "c" then crm.update(rec, {quantity = (rec.quantity or 0) + 1}) end
            end)
            """
        )
        try company.create("a")
        #expect(try company.names == ["a", "b", "c"])
        #expect(try company.platform.takeAfterCommitErrors().isEmpty)
    }

    @Test("hooks that set off each other without end are stopped and told")
    func endless() throws {
        let company = try Logged(
            #"crm.on("deal", "after_commit", function(rec) crm.create("deal", {name = rec.name .. "+"}) end)"#
        )
        try company.create("a")
        #expect(try company.names.count == 17)
        #expect(try company.platform.takeAfterCommitErrors().map(\.code) == [.limitExceeded])
    }

    @Test("what hooks and validators print and log comes with its level, plugin and record")
    func log() throws {
        let company = try Logged(
            """
            crm.on("deal", "before_save", function(rec) crm.log.warn("thin", {n = 1}) end)
            crm.on("deal", "after_save", function(rec) print("saved", rec.name) end)
            crm.validate("deal", function(rec, fail) crm.log.debug("looked") end)
            """
        )
        try company.create("a")
        #expect(company.log.map(\.level) == [.debug, .warn, .print])
        #expect(company.log.map(\.text) == ["looked", #"thin {"n":1}"#, "saved\ta"])
        #expect(company.log.allSatisfy { $0.plugin.rawValue == "demo" })
        #expect(company.log.last?.record == RecordID(object: object("deal"), number: 1))
    }
}
