import CRMConcurrency
import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime

@Suite("Units of work of tasks")
struct AsyncUnitTests {
    private let unit = UnitContext(.administrator)

    private func failure<T>(_ body: () async throws -> T) async -> PlatformError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? PlatformError
        }
    }

    /// A company whose endless reports open the gate's other side when they have begun.
    private func company(change: (inout PlatformOptions) -> Void = { _ in }) throws -> (HeldCompany, Gate) {
        let begun = Gate()
        begun.open()
        begun.open()
        begun.open()
        begun.open()
        let company = try HeldCompany { options in
            let log = options.log
            options.log = { entry in
                if entry.text == "begun" { begun.hold() }
                log?(entry)
            }
            change(&options)
        }
        return (company, begun)
    }

    @Test("reads, writes, searches, reports, prints, commands and exports give what they give without a task")
    func all() async throws {
        let main =
            HeldCompany.main + """

                crm.command{name = "make", title = "M", run = function()
                  print("making") crm.create("deal", {name = "made"}) return "made"
                end}
                crm.print_template{name = "paper", title = "p", object = "deal"}
                """
        let searchable = ScriptCompany.deal.replacingOccurrences(
            of: #""label": "名称", "required": true"#,
            with: #""label": "名称", "required": true, "searchable": true"#
        )
        let files = ["print/paper/en.html": "<p>{{name}}</p>", "objects/deal.json": searchable]
        let company = try HeldCompany(main, files)
        let platform = company.platform
        let id = try await platform.write(unit) { session in
            try session.create(object("deal"), ["name": "written"]).record.recordID
        }
        let title = try await platform.read(unit) { session in try session.require(id).title }
        #expect(title == "written")
        let lines = Lines()
        _ = try await platform.runCommand("make", in: unit) { lines.append($0) }
        #expect(lines.all == ["making"])
        #expect(try await platform.search("made", in: unit).hits.map(\.record.title) == ["made"])
        #expect(HeldCompany.cells(try await platform.runReport("quick", in: unit)) == ["7"])
        let page = try await platform.printRecord(template: "paper", record: id, in: unit)
        #expect(page.text.contains("written"))
        let bytes = Guarded<[UInt8]>([])
        let query = Query(object: object("deal"))
        let count = try await platform.exportRecords(query: query, to: .jsonLines, in: unit) { part in
            bytes.withLock { $0 += part }
        }
        #expect(count == 2)
        #expect(String(decoding: bytes.withLock { $0 }, as: UTF8.self).contains("made"))
        let refused = await failure {
            try await platform.write(unit) { session in
                _ = try session.create(object("deal"), [:])
            }
        }
        #expect(refused?.code == .validationFailed)
    }

    @Test("cancelling a task ends its script and no other")
    func cancel() async throws {
        let (company, begun) = try company()
        let platform = company.platform
        let first = Task { [unit] in try await platform.runReport("endless", in: unit) }
        await begun.untilHeld()
        let second = Task { [unit] in try await platform.runReport("endless", in: unit) }
        await begun.untilHeld()
        first.cancel()
        #expect(await failure { try await first.value }?.code == .cancelled)
        // The other one still has its lane.
        #expect(platform.lanes.busyCount(of: .slow) == 1)
        try company.save()
        second.cancel()
        #expect(await failure { try await second.value }?.code == .cancelled)
        #expect(HeldCompany.cells(try await platform.runReport("quick", in: unit)) == ["7"])
    }

    @Test("cancelling a task that waits for its turn ends the waiting, and what runs goes on")
    func cancelWaiting() async throws {
        let company = try HeldCompany { $0.slowLanes = 1 }
        let platform = company.platform
        let first = Task { [unit] in try await platform.runReport("held", in: unit) }
        await company.gate.untilHeld()
        let second = Task { [unit] in try await platform.runReport("quick", in: unit) }
        while platform.lanes.waitingCount(of: .slow) == 0 { await Task.yield() }
        second.cancel()
        #expect(await failure { try await second.value }?.code == .cancelled)
        company.gate.open()
        #expect(HeldCompany.cells(try await first.value) == ["0", "0"])
    }

    @Test("a task that is cancelled before it begins does nothing")
    func cancelledBefore() async throws {
        let company = try HeldCompany()
        let platform = company.platform
        let task = Task { [unit] in
            while !Task.isCancelled { await Task.yield() }
            return try await platform.write(unit) { session in
                _ = try session.create(object("deal"), ["name": "never"])
            }
        }
        task.cancel()
        #expect(await failure { try await task.value }?.code == .cancelled)
        #expect(try company.count() == 0)
    }

    @Test("cancelling a write undoes it, statements that run and those that follow included")
    func cancelWrite() async throws {
        let company = try HeldCompany()
        let platform = company.platform
        let gate = Gate()
        let task = Task { [unit] in
            try await platform.write(unit) { session in
                _ = try session.create(object("deal"), ["name": "never"])
                gate.hold()
                while true { _ = try session.count(object("deal")) }
            }
        }
        await gate.untilHeld()
        task.cancel()
        gate.open()
        #expect(await failure { try await task.value }?.code == .cancelled)
        #expect(try company.count() == 0)
        try company.save()
    }

    @Test("waiting for a turn ends when the time of the unit is over")
    func deadline() async throws {
        let company = try HeldCompany { $0.slowLanes = 1 }
        let platform = company.platform
        let first = Task { [unit] in try await platform.runReport("held", in: unit) }
        await company.gate.untilHeld()
        let late = await failure { try await platform.runReport("quick", in: unit.within(.milliseconds(30))) }
        #expect(late?.code == .limitExceeded)
        company.gate.open()
        _ = try await first.value
    }

    @Test("when too many wait, further ones are refused at once")
    func tooMany() async throws {
        let company = try HeldCompany {
            $0.slowLanes = 1
            $0.waitingLimit = 2
        }
        let platform = company.platform
        let first = Task { [unit] in try await platform.runReport("held", in: unit) }
        await company.gate.untilHeld()
        let waiting = (0..<2).map { _ in Task { [unit] in try await platform.runReport("quick", in: unit) } }
        while platform.lanes.waitingCount(of: .slow) < 2 { await Task.yield() }
        #expect(await failure { try await platform.runReport("quick", in: unit) }?.code == .busy)
        company.gate.open()
        _ = try await first.value
        for task in waiting { #expect(HeldCompany.cells(try await task.value) == ["7"]) }
    }

    @Test("tasks that wait keep no thread: while all lanes are held other tasks go on")
    func noThread() async throws {
        let company = try HeldCompany()
        let platform = company.platform
        let reports = (0..<4).map { _ in Task { [unit] in try await platform.runReport("held", in: unit) } }
        for _ in 0..<2 { await company.gate.untilHeld() }
        while platform.lanes.waitingCount(of: .slow) < 2 { await Task.yield() }
        let others = (0..<8).map { number in Task { number * number } }
        for (number, task) in others.enumerated() { #expect(await task.value == number * number) }
        for _ in reports { company.gate.open() }
        for report in reports { #expect(HeldCompany.cells(try await report.value) == ["0", "0"]) }
    }

    @Test("a call within asynchronous work is part of it")
    func nested() async throws {
        let company = try HeldCompany()
        let platform = company.platform
        let seen = try await platform.write(unit) { [unit] session in
            _ = try session.create(object("deal"), ["name": "a"])
            return try platform.read(unit) { view in try view.count(object("deal")) }
        }
        #expect(seen == 1)
    }

    @Test("cancelling a search while the index is caught up ends it; what was read stays read")
    func cancelSearch() async throws {
        let searchable = ScriptCompany.deal.replacingOccurrences(
            of: #""label": "名称", "required": true"#,
            with: #""label": "名称", "required": true, "searchable": true"#
        )
        let company = try HeldCompany(HeldCompany.main, ["objects/deal.json": searchable])
        let platform = company.platform
        try company.save()
        let gate = Gate()
        let task = Task { [unit] in
            try await platform.search("a", in: unit) { _, _ in gate.hold() }
        }
        await gate.untilHeld()
        task.cancel()
        gate.open()
        #expect(await failure { try await task.value }?.code == .cancelled)
        #expect(try await platform.search("a", in: unit).hits.count == 1)
    }
}
