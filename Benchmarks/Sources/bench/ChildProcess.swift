import Foundation

/// Runs another program and says what it used.
enum ChildProcess {
    /// Prints the seconds on the wall and the greatest resident memory in kB.
    static func measure(_ arguments: [String]) throws {
        guard let program = arguments.first else { throw BenchError("--measure PROGRAM is missing") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(arguments.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        let start = Elapsed.now
        try process.run()
        process.waitUntilExit()
        let seconds = Elapsed.now.wall - start.wall
        guard process.terminationStatus == 0 else { throw BenchError("\(program) failed") }
        var usage = rusage()
        guard getrusage(RUSAGE_CHILDREN.rawValue, &usage) == 0 else { throw BenchError("no figures of the child") }
        print(String(format: "%.3f %ld", seconds, usage.ru_maxrss))
    }
}
