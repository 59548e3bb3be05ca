import CBench
import CRMPlatform
import Foundation

/// The databases of a run: the platform's and the yardstick's, with the same customers in them.
final class Subjects {
    /// How large the run is.
    struct Size {
        var customers = 100_000
        var companies = 200_000
        var rounds = 5
        /// Operations of a round, as a multiple of the usual number.
        var scale = 1.0

        /// For a run of about a minute.
        static let quick = Size(customers: 20_000, companies: 20_000, rounds: 3, scale: 0.4)

        func count(_ usual: Int) -> Int { max(1, Int(Double(usual) * scale)) }
    }

    let folder: URL
    let plugin: URL
    let names: Names
    let size: Size
    let clock = BenchClock()
    private(set) var nextNumber = 1

    init(folder: URL, plugin: URL, size: Size) throws {
        self.folder = folder
        self.plugin = plugin
        self.size = size
        names = try Names()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// A path within the folder of the run.
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Rows that were not used yet.
    func rows(_ count: Int) -> [BenchRow] {
        let first = nextNumber
        nextNumber += count
        return (0..<count).map { BenchRow(number: 10_000_000 + first + $0) }
    }

    // MARK: - Filling

    /// Fills both tables with the same customers and leaves a copy of the platform's file without hook.
    func fill() throws {
        let platform = try Platform.create(at: path("hook.crm"), options: options(.normal))
        try platform.installPlugin(.folder(plugin.path))
        let (names, clock) = (names, clock)
        for first in stride(from: 0, to: size.customers, by: 1000) {
            let count = min(1000, size.customers - first)
            try platform.write(as: .administrator, origin: .library) { session in
                for number in (first + 1)...(first + count) {
                    let row = BenchRow(number: number)
                    clock.stop(at: row.at_milliseconds)
                    _ = try session.create(names.customer, row.input(names))
                }
            }
        }
        clock.stop(at: 0)
        try platform.close()
        let base = bench_open(path("yardstick.db"), 0, 1)
        bench_preload(base, 0, Int32(size.customers))
        bench_close(base)
        // The comparison of creates with hook and without begins with equal files, whatever was written before.
        try FileManager.default.copyItem(atPath: path("hook.crm"), toPath: path("hooked.crm"))
        try FileManager.default.copyItem(atPath: path("hook.crm"), toPath: path("plain.crm"))
        let plain = folder.appendingPathComponent("plain")
        try FileManager.default.copyItem(at: plugin, to: plain)
        try "-- Without the hook.\n".write(
            to: plain.appendingPathComponent("main.lua"),
            atomically: true,
            encoding: .utf8
        )
        let other = try Platform.open(at: path("plain.crm"), options: options(.normal))
        try other.installPlugin(.folder(plain.path))
        try other.close()
    }

    // MARK: - Opening

    private func options(_ durability: PlatformOptions.Durability) -> PlatformOptions {
        var options = PlatformOptions()
        options.durability = durability
        options.clock = clock
        return options
    }

    /// Which of the filled files to open.
    enum File: String {
        /// The one that all goals read and write.
        case hook = "hook.crm"
        /// A copy of it as it was filled.
        case hooked = "hooked.crm"
        /// The same copy without the hook.
        case plain = "plain.crm"
    }

    /// The platform over a filled file.
    func platform(_ durability: PlatformOptions.Durability = .normal, file: File = .hook) throws -> Platform {
        try Platform.open(at: path(file.rawValue), options: options(durability))
    }

    /// The yardstick over its filled file.
    func yardstick(isFull: Bool = false) throws -> OpaquePointer {
        guard let base = bench_open(path("yardstick.db"), isFull ? 1 : 0, 0) else {
            throw BenchError("the yardstick does not open")
        }
        return base
    }
}
