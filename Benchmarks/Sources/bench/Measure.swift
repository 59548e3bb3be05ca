import Foundation

/// Seconds on the wall and of the processor, of all threads of this process.
struct Elapsed {
    var wall: Double
    var cpu: Double

    /// The two clocks now.
    static var now: Elapsed { Elapsed(wall: seconds(CLOCK_MONOTONIC), cpu: seconds(CLOCK_PROCESS_CPUTIME_ID)) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// How long `body` takes.
    static func of(_ body: () throws -> Void) rethrows -> Elapsed {
        let start = now
        try body()
        let end = now
        return Elapsed(wall: end.wall - start.wall, cpu: end.cpu - start.cpu)
    }
}

/// The middle one of some numbers.
func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// What a comparison must reach.
enum Goal {
    /// The subject is at least so many times as fast as the yardstick.
    case atLeast(Double)
    /// The subject takes at most so many times as long as the yardstick.
    case atMost(Double)
    /// Shown for knowledge.
    case none
}

/// Runs subject and yardstick in turn and keeps what each took.
struct Comparison {
    /// The letter of the goal.
    let mark: String
    let name: String
    let goal: Goal
    private var subject: [Elapsed] = []
    private var yardstick: [Elapsed] = []
    private let operations: Int

    /// A comparison in which each round does so many operations.
    init(_ mark: String, _ name: String, _ goal: Goal, operations: Int) {
        self.mark = mark
        self.name = name
        self.goal = goal
        self.operations = operations
    }

    /// Runs the rounds; every second one begins with the yardstick.
    mutating func run(
        rounds: Int,
        subject body: (Int) throws -> Void,
        yardstick other: (Int) throws -> Void
    ) rethrows {
        for round in 0..<rounds {
            if round % 2 == 0 {
                subject.append(try Elapsed.of { try body(round) })
                yardstick.append(try Elapsed.of { try other(round) })
            } else {
                yardstick.append(try Elapsed.of { try other(round) })
                subject.append(try Elapsed.of { try body(round) })
            }
        }
    }

    /// The line of the table.
    var line: String {
        let wall = figures(\.wall)
        let cpu = figures(\.cpu)
        let verdict: String
        switch goal {
        case .atLeast(let least):
            verdict =
                "≥ \(least) "
                + (max(wall.ratio, cpu.ratio) < least
                    ? "missed" : min(wall.ratio, cpu.ratio) < least ? "met by one clock" : "met")
        case .atMost(let most):
            verdict =
                "≤ \(most) "
                + (min(wall.ratio, cpu.ratio) > most
                    ? "missed" : max(wall.ratio, cpu.ratio) > most ? "met by one clock" : "met")
        case .none: verdict = "–"
        }
        return "| \(mark) | \(name) | \(wall.text) | \(cpu.text) | \(verdict) |"
    }

    private func figures(_ clock: KeyPath<Elapsed, Double>) -> (text: String, ratio: Double) {
        let count = Double(operations)
        let mine = median(subject.map { $0[keyPath: clock] }) / count * 1e6
        let other = median(yardstick.map { $0[keyPath: clock] }) / count * 1e6
        let pairs = zip(subject, yardstick).map { $1[keyPath: clock] / $0[keyPath: clock] }
        var ratio = median(pairs)
        if case .atMost = goal { ratio = 1 / ratio }
        return (String(format: "%.2f | %.2f | **%.2f**", mine, other, ratio), ratio)
    }

    /// The heading of the table.
    static let heading = """
        | goal | work | µs, wall | yardstick | ratio | µs, processor | yardstick | ratio | wanted |
        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
        """
}

/// A single figure with a limit, for goals that have no yardstick.
struct Figure {
    let mark: String
    let name: String
    let milliseconds: [Double]
    let limit: Double

    /// The line of the table of single figures.
    var line: String {
        let middle = median(milliseconds)
        let most = milliseconds.max() ?? 0
        return String(
            format: "| %@ | %@ | %.2f | %.2f | ≤ %.0f %@ |",
            mark,
            name,
            middle,
            most,
            limit,
            middle <= limit ? "met" : "missed"
        )
    }

    /// The heading of the table.
    static let heading = """
        | goal | work | median ms | most ms | wanted |
        | --- | --- | ---: | ---: | --- |
        """
}
