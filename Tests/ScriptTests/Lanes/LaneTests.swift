import CRMConcurrency
import CRMModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime

@Suite("Work beside other work on one file")
struct LaneTests {
    @Test("a report that goes on keeps nobody from saving, and counts what there was when it began")
    func savesBesideReport() throws {
        let company = try HeldCompany()
        try company.save()
        let report = Beside { try company.row(of: "held") }
        company.gate.waitUntilHeld()
        for _ in 0..<100 { try company.save() }
        #expect(!report.isOver)
        #expect(try company.count() == 101)
        company.gate.open()
        #expect(try report.value() == ["1", "1"])
        #expect(try company.row(of: "quick") == ["7"])
    }

    @Test("a write that goes on keeps nobody from reading what is committed, and reads within it see what it wrote")
    func readsBesideWrite() throws {
        let company = try HeldCompany()
        let platform = company.platform
        let gate = Gate()
        let write = Beside {
            try platform.write(as: .administrator, origin: .library) { session -> [Int] in
                _ = try session.create(object("deal"), ["name": "a"])
                gate.hold()
                let inside = try platform.read(as: .administrator) { view in
                    try Int(view.count(object("deal")))
                }
                let report = try platform.runReport("heard", in: UnitContext(.administrator))
                return [inside, report.rows.count]
            }
        }
        gate.waitUntilHeld()
        #expect(try company.count() == 0)
        #expect(try company.row(of: "quick") == ["7"])
        #expect(try platform.catalog.objects[object("deal")] != nil)
        #expect(try platform.plugins.count == 1)
        #expect(try platform.reports.count == 5)
        #expect(try platform.settings.language == .en)
        #expect(try platform.jobCounts().waiting == 0)
        gate.open()
        #expect(try write.value() == [1, 1])
        #expect(try company.count() == 1)
    }

    @Test("several reports go on at once, each with plugins of its own: what a module keeps is not shared")
    func reportsAtOnce() throws {
        let company = try HeldCompany()
        try company.save()
        let reports = (0..<2).map { _ in Beside { try company.row(of: "held") } }
        // Both are held at the same time.
        for _ in reports { company.gate.waitUntilHeld() }
        for _ in reports { company.gate.open() }
        for report in reports { #expect(try report.value() == ["1", "1"]) }
        #expect(try company.row(of: "heard") == ["nothing"])
    }

    @Test("what a report says is in the log when it has returned")
    func log() throws {
        let company = try HeldCompany()
        let report = Beside { try company.row(of: "held") }
        company.gate.waitUntilHeld()
        company.gate.open()
        _ = try report.value()
        #expect(try company.platform.log().map(\.text) == ["hold"])
    }

    @Test("an interruption stops all that runs, wherever, and nothing that begins later")
    func interruption() throws {
        let company = try HeldCompany(change: { _ in })
        let reports = (0..<2).map { _ in Beside { try company.row(of: "held") } }
        for _ in reports { company.gate.waitUntilHeld() }
        company.platform.interrupt()
        for _ in reports { company.gate.open() }
        for report in reports { #expect(report.error?.code == .cancelled) }
        #expect(try company.row(of: "quick") == ["7"])
        #expect(try company.row(of: "quick") == ["7"])
        try company.save()
    }

    @Test("a script that begins when its unit was told to end does not run")
    func struckBefore() throws {
        let company = try HeldCompany()
        let platform = company.platform
        let error = refusal {
            try platform.write(as: .administrator, origin: .library) { session in
                platform.interrupt()
                // The hook of the save would run now.
                _ = try session.create(object("deal"), ["name": "a"])
            }
        }
        #expect(error?.code == .cancelled)
        #expect(try company.count() == 0)
        try company.save()
    }

    @Test("of those who come one after the other none is struck by what ended another")
    func neverTheNext() throws {
        let company = try HeldCompany(change: { $0.slowLanes = 1 })
        let isOver = Atomic<Bool>(false)
        let striker = Beside {
            while !isOver.load(ordering: .relaxed) {
                let task = Task { try await company.platform.runReport("endless", in: UnitContext(.administrator)) }
                sched_yield()
                task.cancel()
            }
        }
        for _ in 0..<60 { #expect(try company.row(of: "quick") == ["7"]) }
        isOver.store(true, ordering: .relaxed)
        try striker.value()
    }

    @Test("a unit whose time is over while it waits for its turn does not begin")
    func deadlineOfTurn() throws {
        let company = try HeldCompany(change: { $0.slowLanes = 1 })
        let report = Beside { try company.row(of: "held") }
        company.gate.waitUntilHeld()
        let late = refusal { try company.row(of: "quick", UnitContext(.administrator).within(.milliseconds(30))) }
        #expect(late?.code == .limitExceeded)
        #expect(!report.isOver)
        company.gate.open()
        #expect(try report.value() == ["0", "0"])
    }

    @Test("waiting for the lock of the file ends with the time of the unit, and who has it is told")
    func deadlineOfLock() throws {
        let company = try HeldCompany()
        let other = try Platform.open(at: company.platform.path)
        try other.beginRehearsal()
        let begun = ContinuousClock.now
        let unit = UnitContext(.administrator).within(.milliseconds(50))
        let error = refusal { try company.save(unit) }
        #expect(error?.code == .busy)
        #expect(error?.message.text(in: .en).contains("rehearsal") == true)
        // Without a deadline it would be ten seconds.
        #expect(ContinuousClock.now - begun < .seconds(8))
        try other.rollbackRehearsal()
        try company.save()
    }

    @Test("a search waits for no rehearsal: the index answers as it stands, with a warning")
    func deadlineOfSearch() throws {
        let searchable = ScriptCompany.deal.replacingOccurrences(
            of: #""label": "名称", "required": true"#,
            with: #""label": "名称", "required": true, "searchable": true"#
        )
        let company = try HeldCompany(HeldCompany.main, ["objects/deal.json": searchable])
        try company.save()
        let other = try Platform.open(at: company.platform.path)
        try other.beginRehearsal()
        let begun = ContinuousClock.now
        let unit = UnitContext(.administrator).within(.milliseconds(50))
        let found = try company.platform.search("a", in: unit)
        #expect(found.hits.isEmpty)
        #expect(found.warning?.text(in: .en).contains("may be missing") == true)
        #expect(ContinuousClock.now - begun < .seconds(8))
        try other.rollbackRehearsal()
        let all = try company.platform.search("a", in: UnitContext(.administrator))
        #expect(all.hits.count == 1 && all.warning == nil)
    }

    @Test("when too many wait, further ones are refused and told what to do; those who wait have their turns")
    func tooMany() throws {
        let company = try HeldCompany {
            $0.slowLanes = 1
            $0.waitingLimit = 1
        }
        let report = Beside { try company.row(of: "held") }
        company.gate.waitUntilHeld()
        let queue = Guarded<Beside<[String]>?>(nil)
        let waiting = Beside { try company.row(of: "quick") }
        queue.withLock { $0 = waiting }
        while company.platform.lanes.waitingCount(of: .slow) == 0 { sched_yield() }
        let refused = refusal { try company.row(of: "quick") }
        #expect(refused?.code == .busy)
        #expect(refused?.message.text(in: .en).contains("1 request is waiting") == true)
        // Other kinds of work have lines of their own.
        #expect(try company.count() == 0)
        company.gate.open()
        #expect(try report.value() == ["0", "0"])
        #expect(try waiting.value() == ["7"])
    }

    @Test("lanes are made when they are needed")
    func lazily() throws {
        let company = try HeldCompany()
        let lanes = company.platform.lanes
        _ = try company.platform.catalog
        try company.save()
        #expect(lanes.laneCount(of: .fast) == 0)
        #expect(lanes.laneCount(of: .slow) == 0)
        for _ in 0..<3 { _ = try company.count() }
        #expect(lanes.laneCount(of: .fast) == 1)
        _ = try company.row(of: "quick")
        #expect(lanes.laneCount(of: .slow) == 1)
    }

    @Test("a file in memory has one lane, on which all of it works")
    func inMemory() throws {
        let company = try ScriptCompany(HeldCompany.main)
        _ = try company.platform.runReport("quick", as: .administrator)
        #expect(try company.count("deal") == 0)
        #expect(company.platform.lanes.laneCount(of: .slow) == 1)
    }

    @Test("a file that is closed says so, also to those who wait for their turn")
    func closing() throws {
        let company = try HeldCompany()
        let gate = Gate()
        let platform = company.platform
        let write = Beside {
            try platform.write(as: .administrator, origin: .library) { _ in gate.hold() }
        }
        gate.waitUntilHeld()
        let close = Beside { try platform.close() }
        while platform.lanes.waitingCount(of: .write) == 0 { sched_yield() }
        let late = Beside { try company.save() }
        while platform.lanes.waitingCount(of: .write) < 2 { sched_yield() }
        gate.open()
        try write.value()
        try close.value()
        #expect(late.error?.code == .storage)
        #expect(refusal { try company.count() }?.code == .storage)
        #expect(refusal { try company.row(of: "quick") }?.code == .storage)
        #expect(refusal { try platform.catalog }?.code == .storage)
    }
}
