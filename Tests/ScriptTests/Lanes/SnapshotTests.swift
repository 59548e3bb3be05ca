import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime

@Suite("Metadata that change while others work")
struct SnapshotTests {
    private static let renamed = [
        "dictionaries/stage.json": """
        {"name": "stage", "label": "阶段", "options": [
          {"value": "new", "label": {"zh-CN": "初步", "zh-TW": "初步", "en": "Fresh"}},
          {"value": "won", "label": {"zh-CN": "赢单", "zh-TW": "贏單", "en": "Won"}}]}
        """
    ]
    /// The installation stops at the gate, in the middle of its transaction.
    private static let holding = """
        crm.on("person", "before_save", function(person) crm.log.info("hold") end)
        """
    private static let data = [
        "data/people.json": #"{"object": "person", "key": ["name"], "records": [{"name": "A"}]}"#
    ]

    @Test("an installation during a report: the report ends with what it began with, the next one has the new")
    func installDuringReport() throws {
        let company = try HeldCompany()
        let report = Beside { try company.row(of: "label") }
        company.gate.waitUntilHeld()
        let other = Beside {
            try company.platform.installPlugin(.folder(company.plugin(HeldCompany.main, Self.renamed)))
        }
        _ = try other.value()
        #expect(!report.isOver)
        company.gate.open()
        #expect(try report.value() == ["New", "New"])
        let next = Beside { try company.row(of: "label") }
        company.gate.waitUntilHeld()
        company.gate.open()
        #expect(try next.value() == ["Fresh", "Fresh"])
    }

    @Test("what is being installed is seen by nobody before it is committed, and as a whole afterwards")
    func nothingHalfNew() throws {
        let company = try HeldCompany()
        let platform = company.platform
        _ = try company.count()
        let field = """
            {"name": "phone", "type": "text", "label": "Phone"}
            """
        let person = ScriptCompany.person.replacingOccurrences(
            of: #"{"name": "deals""#,
            with: field + #", {"name": "deals""#
        )
        let files = Self.data.merging(["objects/person.json": person]) { $1 }.merging(Self.renamed) { $1 }
        let main = HeldCompany.main + Self.holding
        let folder = try company.plugin(main, files)
        let install = Beside { _ = try platform.installPlugin(.folder(folder)) }
        company.gate.waitUntilHeld()
        func fields() throws -> (snapshot: Int, session: Int) {
            let inSnapshot = try platform.catalog.object(object("person")).fields.count
            let inSession = try platform.read(as: .administrator) { session in
                try session.catalog.object(object("person")).fields.count
            }
            return (inSnapshot, inSession)
        }
        let before = try fields()
        #expect(before.snapshot == before.session)
        #expect(try company.row(of: "quick") == ["7"])
        company.gate.open()
        try install.value()
        let after = try fields()
        #expect(after.snapshot == before.snapshot + 1)
        #expect(after.session == after.snapshot)
    }

    @Test("an installation that fails leaves all lanes with what they had")
    func failedInstallation() throws {
        let company = try HeldCompany()
        _ = try company.row(of: "quick")
        let before = try company.platform.catalog
        let folder = try company.plugin(HeldCompany.main + "\nerror('no')", Self.renamed)
        #expect(refusal { try company.platform.installPlugin(.folder(folder)) } != nil)
        #expect(try company.platform.catalog === before)
        #expect(try company.row(of: "quick") == ["7"])
        try company.save()
    }

    @Test("all lanes share the catalog, and asking for it reads no more than whether it is still the same")
    func shared() throws {
        let company = try HeldCompany()
        let catalog = try company.platform.catalog
        let inRead = try company.platform.read(as: .administrator) { session in session.catalog }
        let inWrite = try company.platform.write(as: .administrator, origin: .library) {
            session in session.catalog
        }
        #expect(catalog === inRead)
        #expect(catalog === inWrite)
        #expect(try company.platform.catalog === catalog)
    }

    @Test("what another process installs and sets is there in every lane with the next unit of work")
    func otherProcess() throws {
        let company = try HeldCompany()
        _ = try company.count()
        _ = try company.row(of: "quick")
        var options = PlatformOptions()
        options.language = .en
        let other = try Platform.open(at: company.platform.path, options: options)
        try other.installPlugin(.folder(company.plugin(HeldCompany.main, Self.renamed)))
        let report = Beside { try company.row(of: "label") }
        company.gate.waitUntilHeld()
        company.gate.open()
        #expect(try report.value() == ["Fresh", "Fresh"])
        #expect(
            try company.platform.read(as: .administrator) { session in
                let field = try session.catalog.object(object("deal")).field(calledByPeople: "stage")
                return field.flatMap { session.catalog.dictionary(of: $0)?.option("new")?.label.text(in: .en) }
            } == "Fresh"
        )
        try other.setSettings(["name": "Shared"], in: UnitContext(.administrator))
        #expect(try company.platform.settings.name == "Shared")
    }

    @Test("settings that are set are there in every lane")
    func settings() throws {
        let company = try HeldCompany()
        _ = try company.count()
        try company.platform.setSettings(["time_zone": "Europe/Lisbon"], in: UnitContext(.administrator))
        #expect(try company.platform.settings.timeZone.identifier == "Europe/Lisbon")
        let zone = try company.platform.read(as: .administrator) { session in session.timeZone }
        #expect(zone.identifier == "Europe/Lisbon")
    }
}
