import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime

@Suite("A rehearsal beside others")
struct RehearsalTests {
    private let other = UnitContext(.administrator)

    private func begun(_ company: HeldCompany) throws -> (id: RehearsalID, unit: UnitContext) {
        let id = try company.platform.beginRehearsal(for: other)
        return (id, UnitContext(.administrator, rehearsal: id))
    }

    @Test("is seen by its own units, reports included; all others see what is committed")
    func isolation() throws {
        let company = try HeldCompany()
        try company.save()
        let (id, unit) = try begun(company)
        try company.save(unit)
        try company.save(unit)
        #expect(try company.count(unit) == 3)
        #expect(try company.count() == 1)
        let inside = Beside { try company.row(of: "held", unit) }
        company.gate.waitUntilHeld()
        company.gate.open()
        #expect(try inside.value() == ["3", "3"])
        let outside = Beside { try company.row(of: "held") }
        company.gate.waitUntilHeld()
        company.gate.open()
        #expect(try outside.value() == ["1", "1"])
        #expect(try company.platform.rehearsalDiff(id, as: .administrator).count == 2)
        #expect(!company.platform.isRehearsing)
        try company.platform.rollbackRehearsal(id)
        #expect(try company.count() == 1)
    }

    @Test("refuses others who want to save, at once or when their time is over, and says who rehearses and since when")
    func refusal() throws {
        let company = try HeldCompany()
        let (id, unit) = try begun(company)
        try company.save(unit)
        let atOnce = ScriptTests.refusal { try company.save() }
        #expect(atOnce?.code == .busy)
        let text = atOnce?.message.text(in: .en) ?? ""
        // The clock of the company stands still at ten in the morning in China.
        #expect(text.contains("administrator") && text.contains("10:00:00"), "\(text)")
        let later = ScriptTests.refusal { try company.save(other.within(.milliseconds(30))) }
        #expect(later?.code == .busy)
        #expect(later?.message.text(in: .en) == text)
        try company.platform.commitRehearsal(id)
        try company.save()
        #expect(try company.count() == 2)
    }

    @Test("lets those save who have waited for its end")
    func waiting() throws {
        let company = try HeldCompany()
        let platform = company.platform
        let (id, unit) = try begun(company)
        try company.save(unit)
        let waiting = Beside { try company.save(UnitContext(.administrator).within(.seconds(60))) }
        while platform.lanes.waitingCount(of: .write) == 0 { sched_yield() }
        // Those of the rehearsal go first.
        try company.save(unit)
        try platform.rollbackRehearsal(id)
        _ = try waiting.value()
        #expect(try company.count() == 1)
    }

    @Test("does not reach those who wait when it begins, and lets them know")
    func beginsBeforeWaiting() throws {
        let company = try HeldCompany()
        let platform = company.platform
        let gate = Gate()
        let write = Beside {
            try platform.write(as: .administrator, origin: .library) { _ in gate.hold() }
        }
        gate.waitUntilHeld()
        let rehearsal = Beside { try platform.beginRehearsal(for: UnitContext(.administrator)) }
        while platform.lanes.waitingCount(of: .write) == 0 { sched_yield() }
        let save = Beside { try company.save() }
        while platform.lanes.waitingCount(of: .write) < 2 { sched_yield() }
        gate.open()
        try write.value()
        let id = try rehearsal.value()
        #expect(save.error?.code == .busy)
        try platform.rollbackRehearsal(id)
    }

    @Test("that is over is no rehearsal any more, and there is one at a time")
    func over() throws {
        let company = try HeldCompany()
        let (id, unit) = try begun(company)
        #expect(ScriptTests.refusal { try company.platform.beginRehearsal() }?.code == .busy)
        #expect(ScriptTests.refusal { try company.platform.commitRehearsal() }?.code == .conflict)
        try company.platform.rollbackRehearsal(id)
        #expect(ScriptTests.refusal { try company.count(unit) }?.code == .conflict)
        #expect(ScriptTests.refusal { try company.save(unit) }?.code == .conflict)
        #expect(ScriptTests.refusal { try company.platform.commitRehearsal(id) }?.code == .conflict)
    }

    @Test("of a program that serves one person has all its units in it; another process sees what is committed")
    func forAll() throws {
        let company = try HeldCompany()
        let platform = company.platform
        try company.save()
        try platform.beginRehearsal()
        try company.save()
        #expect(platform.isRehearsing)
        #expect(try company.count() == 2)
        let process = try Platform.open(at: platform.path)
        let seen = try process.read(as: .administrator) { session in
            try session.count(object("deal"))
        }
        #expect(seen == 1)
        try platform.commitRehearsal()
        #expect(!platform.isRehearsing)
        #expect(try company.count() == 2)
    }

    @Test("in which a plugin is installed shows it to nobody else, and takes it back with the rest")
    func installation() throws {
        let company = try HeldCompany()
        let platform = company.platform
        _ = try company.count()
        try platform.beginRehearsal()
        let person = ScriptCompany.person.replacingOccurrences(of: "姓名", with: "称呼")
        try platform.installPlugin(.folder(company.plugin(HeldCompany.main, ["objects/person.json": person])))
        func label() throws -> String? {
            try platform.catalog.object(object("person")).fields.first { $0.name.rawValue == "name" }?.label.text(
                in: .zhCN
            )
        }
        #expect(try label() == "称呼")
        #expect(
            platform.lanes.file.published.catalog.objects[object("person")]?.fields.first {
                $0.name.rawValue == "name"
            }?
            .label.text(in: .zhCN) == "姓名"
        )
        try platform.rollbackRehearsal()
        #expect(try label() == "姓名")
        try platform.beginRehearsal()
        try platform.installPlugin(.folder(company.plugin(HeldCompany.main, ["objects/person.json": person])))
        try platform.commitRehearsal()
        #expect(try label() == "称呼")
        #expect(platform.lanes.file.published === (try platform.lanes.snapshot()))
    }

    @Test("in a file in memory, where nobody else can read beside it, others are told so")
    func inMemory() throws {
        let company = try ScriptCompany(HeldCompany.main)
        let id = try company.platform.beginRehearsal(for: other)
        #expect(ScriptTests.refusal { try company.count("deal") }?.code == .busy)
        try company.platform.rollbackRehearsal(id)
        #expect(try company.count("deal") == 0)
    }
}
