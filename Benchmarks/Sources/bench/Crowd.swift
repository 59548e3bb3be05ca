import CRMPlatform
import Foundation
import Synchronization

/// The goals of work beside other work (j): saves beside a report, tasks beside reports, what cancelling takes, two reports on two
/// processors, and readers beside a writer.
struct Crowd {
    let subjects: Subjects

    /// How long single operations took, with the one of a hundred that took longest.
    struct Row {
        let name: String
        let milliseconds: [Double]
        /// What the slowest one of a hundred may take; nil where it is shown for knowledge.
        let limit: Double?

        var line: String {
            let sorted = milliseconds.sorted()
            let p99 = sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
            let verdict = limit.map { String(format: "p99 < %.0f %@", $0, p99 < $0 ? "met" : "missed") } ?? "–"
            return String(
                format: "| j | %@ | %d | %.2f | %.2f | %.2f | %@ |",
                name,
                sorted.count,
                median(sorted),
                p99,
                sorted.last ?? 0,
                verdict
            )
        }

        static let heading = """
            | goal | work | times | median ms | p99 ms | most ms | wanted |
            | --- | --- | ---: | ---: | ---: | ---: | --- |
            """
    }

    private let unit = UnitContext(.administrator)

    /// Waits for a task on the main thread, which is none of the tasks' own.
    private func wait<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) throws -> T {
        let ended = DispatchSemaphore(value: 0)
        let result = Mutex<Result<T, any Error>?>(nil)
        Task {
            do {
                let value = try await body()
                result.withLock { $0 = .success(value) }
            } catch {
                result.withLock { $0 = .failure(error) }
            }
            ended.signal()
        }
        ended.wait()
        guard let outcome = result.withLock({ $0 }) else { throw BenchError("a task without an end") }
        return try outcome.get()
    }

    private func turns(_ count: Int, counts: Bool = false) -> ParameterInput {
        ["turns": String(count), "counts": counts ? "true" : "false"]
    }

    /// How many turns a report takes that goes on for so many seconds.
    private func turns(lasting seconds: Double, on platform: Platform) throws -> Int {
        let probe = 400
        _ = try platform.runReport("long", parameters: turns(1), in: unit)
        let taken = try Elapsed.of { _ = try platform.runReport("long", parameters: turns(probe), in: unit) }
        return max(1, Int(Double(probe) * seconds / taken.wall))
    }

    func rows() throws -> [Row] {
        let platform = try subjects.platform(.normal)
        defer { try? platform.close() }
        let long = try turns(lasting: 2, on: platform)
        return [
            Row(name: "save, alone", milliseconds: try saves(100, on: platform), limit: nil),
            try savesBeside(long, on: platform),
            try tasksBeside(long, on: platform),
            try cancelling(on: platform),
        ]
            + (try readersBesideWriter(on: platform))
    }

    private func saves(_ count: Int, on platform: Platform) throws -> [Double] {
        let rows = subjects.rows(count).map { $0.input(subjects.names) }
        let customer = subjects.names.customer
        return try rows.map { input in
            try Elapsed.of {
                try platform.write(as: .administrator, origin: .library) { session in
                    _ = try session.create(customer, input)
                }
            }.wall * 1000
        }
    }

    /// A report of two seconds is held while saves go on.
    private func savesBeside(_ long: Int, on platform: Platform) throws -> Row {
        let (parameters, unit) = (turns(long), unit)
        let isOver = Atomic<Bool>(false)
        let ended = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            begun.signal()
            _ = try? platform.runReport("long", parameters: parameters, in: unit)
            isOver.store(true, ordering: .relaxed)
            ended.signal()
        }
        begun.wait()
        let times = try saves(100, on: platform)
        guard !isOver.load(ordering: .relaxed) else { throw BenchError("the report was over before the saves") }
        ended.wait()
        return Row(name: "save, beside a report of 2 s", milliseconds: times, limit: 20)
    }

    /// A task that sleeps for 20 ms, again and again, while four reports are asked for.
    private func tasksBeside(_ long: Int, on platform: Platform) throws -> Row {
        let (parameters, unit) = (turns(long / 2), unit)
        let late = try wait { () -> [Double] in
            try await withThrowingTaskGroup(of: Void.self) { group -> [Double] in
                for _ in 0..<4 {
                    group.addTask { _ = try await platform.runReport("long", parameters: parameters, in: unit) }
                }
                var late: [Double] = []
                for _ in 0..<50 {
                    let start = ContinuousClock.now
                    try await Task.sleep(for: .milliseconds(20))
                    let over = (ContinuousClock.now - start - .milliseconds(20)).components
                    late.append(Double(over.seconds) * 1000 + Double(over.attoseconds) / 1e15)
                }
                try await group.waitForAll()
                return late
            }
        }
        return Row(name: "task that sleeps 20 ms beside four reports, lateness", milliseconds: late, limit: 20)
    }

    /// How long it takes until a script has ended whose task is cancelled, while another one goes on.
    private func cancelling(on platform: Platform) throws -> Row {
        let (parameters, unit) = (turns(100_000_000), unit)
        let times = try wait { () -> [Double] in
            let other = Task { try await platform.runReport("long", parameters: parameters, in: unit) }
            var times: [Double] = []
            for _ in 0..<20 {
                let task = Task { try await platform.runReport("long", parameters: parameters, in: unit) }
                try await Task.sleep(for: .milliseconds(50))
                let start = ContinuousClock.now
                task.cancel()
                do {
                    _ = try await task.value
                    throw BenchError("a script that was cancelled has ended well")
                } catch let error as PlatformError where error.code == .cancelled {}
                let taken = (ContinuousClock.now - start).components
                times.append(Double(taken.seconds) * 1000 + Double(taken.attoseconds) / 1e15)
            }
            other.cancel()
            guard case .failure(let error) = await other.result, (error as? PlatformError)?.code == .cancelled else {
                throw BenchError("the other script did not go on")
            }
            return times
        }
        return Row(name: "cancelling a task until its script has ended", milliseconds: times, limit: 100)
    }

    /// Pages read while somebody saves all the time, and the saves meanwhile.
    private func readersBesideWriter(on platform: Platform) throws -> [Row] {
        let query = Query(object: subjects.names.customer, limit: 50)
        @Sendable func pages(_ count: Int) throws -> [Double] {
            try (0..<count).map { _ in
                try Elapsed.of {
                    _ = try platform.read(as: .administrator) { session in try session.find(query)
                    }
                }.wall * 1000
            }
        }
        let alone = try pages(500)
        let isOver = Atomic<Bool>(false)
        let ended = DispatchSemaphore(value: 0)
        let read = Mutex<[Double]>([])
        Thread.detachNewThread {
            while !isOver.load(ordering: .relaxed) {
                let times = (try? pages(50)) ?? []
                read.withLock { $0 += times }
            }
            ended.signal()
        }
        let written = try saves(1000, on: platform)
        isOver.store(true, ordering: .relaxed)
        ended.wait()
        return [
            Row(name: "page of 50, alone", milliseconds: alone, limit: nil),
            Row(name: "page of 50, beside a writer", milliseconds: read.withLock { $0 }, limit: nil),
            Row(name: "save, beside a reader of pages", milliseconds: written, limit: 20),
        ]
    }

    /// How much more two reports at once do than one after the other, on two processors.
    func throughput() throws -> String {
        let platform = try subjects.platform(.normal)
        defer { try? platform.close() }
        let (parameters, unit) = (turns(try turns(lasting: 1, on: platform)), unit)
        @Sendable func report() throws { _ = try platform.runReport("long", parameters: parameters, in: unit) }
        var ratios: [Double] = []
        for _ in 0..<subjects.size.rounds {
            let one = try Elapsed.of {
                try report()
                try report()
            }
            let two = Elapsed.of { DispatchQueue.concurrentPerform(iterations: 2) { _ in try? report() } }
            ratios.append(one.wall / two.wall)
        }
        let ratio = median(ratios)
        return String(
            format:
                "Two reports at once on %d processors: **%.2f** times the throughput of one after the other; wanted ≥ 1.8: %@.",
            ProcessInfo.processInfo.activeProcessorCount,
            ratio,
            ratio >= 1.8 ? "met" : "missed"
        )
    }
}
