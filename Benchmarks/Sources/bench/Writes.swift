import CBench
import CRMPlatform
import Foundation

/// The goals of writing: (a) to (d), and the hook of (h).
struct Writes {
    let subjects: Subjects

    private var names: Names { subjects.names }
    private var size: Subjects.Size { subjects.size }

    private func create(_ inputs: [RecordInput], batch: Int, in platform: Platform) throws {
        let customer = names.customer
        if batch == 1 {
            for input in inputs {
                try platform.write(as: .administrator, origin: .library) { session in
                    _ = try session.create(customer, input)
                }
            }
            return
        }
        for first in stride(from: 0, to: inputs.count, by: batch) {
            try platform.write(as: .administrator, origin: .library) { session in
                for input in inputs[first..<min(first + batch, inputs.count)] {
                    _ = try session.create(customer, input)
                }
            }
        }
    }

    /// (a) and (b): creates with types, rule, hook, number and history.
    func creates(
        _ mark: String,
        _ name: String,
        _ goal: Double,
        batch: Int,
        count usual: Int,
        durability: PlatformOptions.Durability
    ) throws -> Comparison {
        let count = batch == 1 ? size.count(usual) : max(batch, size.count(usual) / batch * batch)
        let rounds = (0..<size.rounds).map { _ in subjects.rows(count) }
        let inputs = rounds.map { $0.map { $0.input(names) } }
        let platform = try subjects.platform(durability)
        let base = try subjects.yardstick(isFull: durability == .full)
        var comparison = Comparison(mark, name, .atLeast(goal), operations: count)
        try comparison.run(
            rounds: size.rounds,
            subject: { try create(inputs[$0], batch: batch, in: platform) },
            yardstick: { bench_create(base, rounds[$0], Int32(count), Int32(batch), 1) }
        )
        bench_close(base)
        try platform.close()
        return comparison
    }

    /// (h): creates with the hook beside creates without it, and the same of the yardstick for comparison.
    func hook(batch: Int, count usual: Int, _ goal: Goal) throws -> Comparison {
        let count = batch == 1 ? size.count(usual) : max(batch, size.count(usual) / batch * batch)
        let inputs = (0..<size.rounds).map { _ in subjects.rows(count).map { $0.input(names) } }
        let with = try subjects.platform(file: .hooked)
        let without = try subjects.platform(file: .plain)
        let title = batch == 1 ? "one each" : "\(batch) each"
        var comparison = Comparison(
            Self.mark(goal),
            "create with hook, beside create without (\(title))",
            goal,
            operations: count
        )
        try comparison.run(
            rounds: size.rounds,
            subject: { try create(inputs[$0], batch: batch, in: with) },
            yardstick: { try create(inputs[$0], batch: batch, in: without) }
        )
        try with.close()
        try without.close()
        return comparison
    }

    private static func mark(_ goal: Goal) -> String {
        if case .none = goal { "–" } else { "h" }
    }

    /// What the hook costs the yardstick itself.
    func yardstickHook(batch: Int, count usual: Int) throws -> Comparison {
        let count = batch == 1 ? size.count(usual) : max(batch, size.count(usual) / batch * batch)
        let rows = (0..<size.rounds).map { _ in (subjects.rows(count), subjects.rows(count)) }
        let base = try subjects.yardstick()
        let title = batch == 1 ? "one each" : "\(batch) each"
        var comparison = Comparison("–", "the same of the yardstick in C (\(title))", .none, operations: count)
        comparison.run(
            rounds: size.rounds,
            subject: { bench_create(base, rows[$0].0, Int32(count), Int32(batch), 1) },
            yardstick: { bench_create(base, rows[$0].1, Int32(count), Int32(batch), 0) }
        )
        bench_close(base)
        return comparison
    }

    /// (c): a CSV file from end to end.
    func imports() throws -> Comparison {
        let count = size.count(10_000)
        let files = try (0..<size.rounds).map { round in
            let path = subjects.path("import-\(round).csv")
            let lines = [Names.columns.joined(separator: ",")] + subjects.rows(count).map(\.csv)
            try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }
        let platform = try subjects.platform()
        let base = try subjects.yardstick()
        var comparison = Comparison("c", "CSV import, a row", .atLeast(0.35), operations: count)
        try comparison.run(
            rounds: size.rounds,
            subject: { round in
                let summary = try platform.importRecords(
                    object: names.customer,
                    file: files[round],
                    as: .administrator
                )
                guard summary.created == count else {
                    throw BenchError("imported \(summary.created) of \(count): \(summary.notes)")
                }
            },
            yardstick: { round in
                guard bench_import(base, files[round]) == Int32(count) else { throw BenchError("import in C") }
            }
        )
        bench_close(base)
        try platform.close()
        return comparison
    }

    /// (d): saves of records that are there, with the difference in the history.
    func saves() throws -> Comparison {
        let count = size.count(2000)
        let platform = try subjects.platform()
        let base = try subjects.yardstick()
        let (customer, status, rating) = (names.customer, names.status, names.rating)
        var comparison = Comparison("d", "save with difference, one each", .atLeast(0.5), operations: count)
        try comparison.run(
            rounds: size.rounds,
            subject: { round in
                for index in (round * count)..<((round + 1) * count) {
                    let id = Int64(bench_mix(UInt64(index)) % UInt64(size.customers)) + 1
                    let text = String(cString: bench_status(Int32(index)))
                    try platform.write(as: .administrator, origin: .library) { session in
                        var input = RecordInput()
                        input.append(status, .value(.text(text)))
                        input.append(rating, .value(.integer(Int64(index % 5 + 1))))
                        _ = try session.update(RecordID(object: customer, number: id), input)
                    }
                }
            },
            yardstick: { bench_save(base, Int32(size.customers), Int32($0 * count), Int32(count)) }
        )
        bench_close(base)
        try platform.close()
        return comparison
    }
}

extension ImportSummary {
    /// The first reasons why rows were refused.
    var notes: String { problems.prefix(3).flatMap(\.messages).map { $0.text(in: .en) }.joined(separator: "; ") }
}
