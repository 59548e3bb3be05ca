import CRMConcurrency
import CRMPlatform
import Foundation
import Synchronization
import TestSupport
import Testing

/// Something that has happened.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}

@Suite("Long work lets others save")
struct LongWorkTests {
    private let folder: ScratchFolder
    private let platform: Platform

    private static let item = """
        {"name": "item", "label": "样品", "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "searchable": true, "required": true}]}
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
        try platform.installPlugin(.folder(folder.plugin("probe", ["objects/item.json": Self.item])))
    }

    /// How many records came in between the wish to save and its end, for each save of another opener beside some work.
    ///
    /// The work is given what waits until the other one has seen its first records.
    private func recordsPassed(
        beside work: @Sendable (_ waitForOther: @Sendable @escaping () -> Void) throws -> Void
    ) throws -> [Int64] {
        let other = try Platform.open(at: platform.path)
        let isDone = Atomic<Bool>(false)
        let hasSeen = Flag()
        let passed = Guarded<[Int64]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { lane in
            do {
                if lane == 0 {
                    defer { isDone.store(true, ordering: .releasing) }
                    return try work { while !hasSeen.isSet { sched_yield() } }
                }
                func count() throws -> Int64 {
                    try other.read(as: .administrator) { session in
                        try session.count(object("item"))
                    }
                }
                defer { hasSeen.set() }
                while try count() == 0, !isDone.load(ordering: .acquiring) { sched_yield() }
                hasSeen.set()
                while !isDone.load(ordering: .acquiring) {
                    let before = try count()
                    _ = try other.write(as: .administrator, origin: .shell) { session in
                        try session.create(object("item"), ["name": "插队"])
                    }
                    let after = try count()
                    passed.withLock { $0.append(after - before) }
                }
            } catch { Issue.record(error) }
        }
        try other.close()
        return passed.withLock { $0 }
    }

    @Test("an import lets a waiting save in after the batch that runs, or the next")
    func imports() throws {
        let rows = 8_000
        try folder.write("名称\n" + (1...rows).map { "第\($0)号\n" }.joined(), to: "rows.csv")
        let file = folder.path + "/rows.csv"
        let passed = try recordsPassed { [platform] waitForOther in
            let summary = try platform.importRecords(object: object("item"), file: file, as: .administrator) {
                progress in
                // What is told within the first batch is told before there is anything to see.
                if progress.rows > 1_000 { waitForOther() }
            }
            #expect(summary.created == rows)
        }
        // A batch is of a thousand rows at most: what is left of one, and another.
        #expect(passed.count >= 3, "\(passed)")
        #expect(passed.allSatisfy { $0 <= 2_001 }, "\(passed)")
    }
}
