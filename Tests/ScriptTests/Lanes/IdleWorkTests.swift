import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime

/// What is done when nobody writes.
@Suite("Idle time", .timeLimit(.minutes(2)))
struct IdleWorkTests {
    private func company(_ delay: Duration?) throws -> HeldCompany {
        let searchable = ScriptCompany.deal.replacingOccurrences(
            of: #""label": "名称", "required": true"#,
            with: #""label": "名称", "required": true, "searchable": true"#
        )
        return try HeldCompany(HeldCompany.main, ["objects/deal.json": searchable]) { $0.idleDelay = delay }
    }

    private func backlog(_ company: HeldCompany) throws -> Int {
        try company.platform.lanes.run(.fast) { workspace throws(PlatformError) in try workspace.searchBacklog().count }
    }

    @Test("the index is brought up to date some time after the last save, without a search")
    func afterAWhile() throws {
        let company = try company(.milliseconds(1))
        for _ in 1...3 { try company.save() }
        while try backlog(company) > 0 { sched_yield() }
        #expect(try company.platform.search("a", in: UnitContext(.administrator)).hits.count == 3)
    }

    @Test("nothing is done by itself unless a program has asked for it")
    func unasked() throws {
        let company = try company(nil)
        for _ in 1...3 { try company.save() }
        #expect(company.platform.lanes.idle == nil)
        #expect(try backlog(company) == 3)
        while company.platform.lanes.catchUpWhenIdle() {}
        #expect(try backlog(company) == 0)
    }

    @Test("whoever has the lane that writes, or rehearses, is left alone")
    func busy() throws {
        let company = try company(nil)
        try company.save()
        let lanes = company.platform.lanes
        let held = Beside { [platform = company.platform, gate = company.gate] in
            try platform.write(as: .administrator, origin: .library) { _ in gate.hold() }
        }
        company.gate.waitUntilHeld()
        #expect(lanes.catchUpWhenIdle())
        company.gate.open()
        try held.value()
        try company.platform.beginRehearsal()
        #expect(!lanes.catchUpWhenIdle())
        try company.platform.rollbackRehearsal()
        #expect(try backlog(company) == 1)
        while lanes.catchUpWhenIdle() {}
        #expect(try backlog(company) == 0)
    }

    @Test("a file that is closed, or that somebody else writes, is left alone, and saves in between lose nothing")
    func closed() throws {
        let company = try company(.milliseconds(1))
        let other = try Platform.open(at: company.platform.path)
        try other.beginRehearsal()
        // The other one keeps the file; it is tried again later.
        try other.rollbackRehearsal()
        for _ in 1...20 { try company.save() }
        #expect(try company.count() == 20)
        try company.platform.close()
        #expect(!company.platform.lanes.catchUpWhenIdle())
        #expect(try other.search("a", in: UnitContext(.administrator)).hits.count == 20)
        try other.close()
    }
}
