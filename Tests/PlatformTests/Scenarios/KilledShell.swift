import Foundation
import TestSupport

/// A running shell; the one that writes prints the number of each record when it is kept.
final class KilledShell {
    private let process = Process()
    private let output = Pipe()
    private let pipe = Pipe()
    private var rest: [UInt8] = []

    init(
        _ arguments: [String],
        folder: String,
        input: String = "",
        endsInput: Bool = true,
        saysErrors: Bool = false
    ) throws {
        process.executableURL = ShellExecutable.url
        process.arguments = arguments
        process.environment = ["HOME": folder, "PATH": "/usr/bin:/bin"]
        process.standardInput = pipe
        process.standardOutput = output
        process.standardError = saysErrors ? output : FileHandle.nullDevice
        try process.run()
        // A child that was killed leaves a broken pipe behind, which is no fault here.
        try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        if endsInput { try? pipe.fileHandleForWriting.close() }
    }

    /// A child that creates records named so, one after the other, and then waits to be killed.
    static func crash(in file: String, creating names: [String], folder: String) throws {
        let lines = names.map { "print('#' .. crm.create('item', {name = '\($0)'}).id .. '.')\n" }
        let child = try KilledShell([file], folder: folder, input: lines.joined(), endsInput: false)
        let seen = child.acknowledgements(names.count)
        guard seen.count == names.count else { throw CocoaError(.executableLoad) }
        _ = child.kill()
    }

    /// A child that creates 60 records in 60 transactions.
    convenience init(writing file: String, folder: String) throws {
        let line = "print('#' .. crm.create('ticket', {name = 'n'}).id .. '.')\n"
        try self.init([file], folder: folder, input: String(repeating: line, count: 60))
    }

    /// Kills the child when so much time has gone by.
    func kill(afterMilliseconds milliseconds: Int) {
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(milliseconds)
        while clock.now < end, process.isRunning { sched_yield() }
        _ = kill()
    }

    /// Reads until so many numbers have come, or the child has ended.
    func acknowledgements(_ count: Int) -> [Int64] {
        var found: [Int64] = []
        while found.count < count {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { break }
            rest += piece
            found += numbers()
        }
        return found
    }

    /// The number of the child's process.
    var number: Int32 { process.processIdentifier }

    /// Gives the child one more line.
    func say(_ line: String) { try? pipe.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

    /// Ends the input, lets the child come to its end, and gives back its exit status and what it had still said.
    func finish() -> (status: Int32, text: String) {
        try? pipe.fileHandleForWriting.close()
        let text = String(decoding: rest + output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        rest = []
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// Kills the child and reads what it had still said.
    func kill() -> [Int64] {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        rest += output.fileHandleForReading.readDataToEndOfFile()
        return numbers()
    }

    /// The whole numbers, `#12.`, of what was read.
    private func numbers() -> [Int64] {
        guard let last = rest.lastIndex(of: UInt8(ascii: ".")) else { return [] }
        let text = String(decoding: rest[...last], as: UTF8.self)
        rest.removeSubrange(...last)
        return text.split(separator: ".").compactMap { part in
            part.split(separator: "#", omittingEmptySubsequences: false).dropFirst().last.flatMap { Int64($0) }
        }
    }
}
