import CRMPlatform
import Foundation

/// Runs the benchmarks and prints their tables: `bench [--quick] [--only LETTERS] [--folder FOLDER]`.
@main
struct Bench {
    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch let error as PlatformError {
            fail(error.text(in: .en))
        } catch {
            fail("\(error)")
        }
    }

    private static func fail(_ text: String) {
        FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
        exit(1)
    }

    private static func run(_ arguments: [String]) throws {
        if arguments.first == "--measure" { return try ChildProcess.measure(Array(arguments.dropFirst())) }
        func option(_ name: String) -> String? {
            guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
            return arguments[index + 1]
        }
        var size = arguments.contains("--quick") ? Subjects.Size.quick : Subjects.Size()
        if let rounds = option("--rounds").flatMap({ Int($0) }) { size.rounds = max(1, rounds) }
        let only = option("--only").map(Set.init) ?? Set("abcdefghij")
        let parent = option("--folder").map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
        let folder = parent.appendingPathComponent("crm-bench-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: folder) }
        guard let plugin = option("--plugin") else { throw BenchError("--plugin FOLDER is missing") }
        let subjects = try Subjects(folder: folder, plugin: URL(fileURLWithPath: plugin), size: size)
        print(
            "\(size.customers) customers, \(size.rounds) rounds in turn; medians of the rounds and of their ratios.\n"
        )
        if !only.isDisjoint(with: "abcdefghj") { try subjects.fill() }
        try compare(subjects, only)
        try time(subjects, only)
        guard only.contains("j") else { return }
        let crowd = Crowd(subjects: subjects)
        print("\n\(Crowd.Row.heading)")
        for row in try crowd.rows() { print(row.line) }
        print("\n\(try crowd.throughput())")
    }

    private static func compare(_ subjects: Subjects, _ only: Set<Character>) throws {
        let writes = Writes(subjects: subjects)
        let reads = Reads(subjects: subjects)
        print(Comparison.heading)
        func show(_ mark: Character, _ body: () throws -> [Comparison]) throws {
            guard only.contains(mark) else { return }
            for comparison in try body() { print(comparison.line) }
            fflush(nil)
        }
        // Reads come first, over tables that nothing was added to.
        try show("e") { try reads.pages() }
        try show("f") { try reads.byID() }
        try show("g") { [try reads.json()] }
        try show("a") {
            [
                try writes.creates("a", "create, one each, NORMAL", 0.6, batch: 1, count: 3000, durability: .normal),
                try writes.creates("a", "create, one each, FULL", 0.6, batch: 1, count: 1500, durability: .full),
            ]
        }
        try show("b") {
            [try writes.creates("b", "create, 1000 each", 0.4, batch: 1000, count: 10_000, durability: .normal)]
        }
        try show("c") { [try writes.imports()] }
        try show("d") { [try writes.saves()] }
        try show("h") {
            [
                try writes.hook(batch: 1, count: 3000, .atLeast(0.9)), try writes.yardstickHook(batch: 1, count: 3000),
                try writes.hook(batch: 1000, count: 10_000, .none),
                try writes.yardstickHook(batch: 1000, count: 10_000),
            ]
                + (try Scripts(size: subjects.size).guarded())
        }
    }

    private static func time(_ subjects: Subjects, _ only: Set<Character>) throws {
        guard only.contains("h") || only.contains("i") else { return }
        print("\n\(Figure.heading)")
        if only.contains("h") { for figure in try Scripts(size: subjects.size).runaways() { print(figure.line) } }
        if only.contains("i") { for figure in try Reads(subjects: subjects).search() { print(figure.line) } }
    }
}
