import CRMPlatform
import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments of writing: what was acknowledged is there, numbers have no gaps, the file is sound.
@Suite("Killed while writing")
struct KillTests {
    private static let object = """
        {"name": "ticket", "label": "票", "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "required": true, "searchable": true},
          {"name": "code", "type": "auto_number", "code_rule": "ticket", "label": "编号"},
          {"name": "twin", "type": "text", "label": "副本"}],
         "code_rules": [{"name": "ticket", "field": "code", "pattern": "T-{seq:6}"}]}
        """
    /// A hook that writes a second record in the same transaction, which must be there with the first or not at all.
    private static let main = """
        crm.on("ticket", "after_save", function(rec)
          if not rec.twin then crm.create("ticket", {name = "twin", twin = rec.code}) end
        end)
        """

    @Test(
        "of 200 kills none loses an acknowledged record, leaves half a transaction or a gap in the numbers",
        arguments: 0..<4
    )
    func kills(_ lane: Int) throws {
        let folder = try ScratchFolder()
        let file = folder.path + "/k.crm"
        let platform = try Platform.create(at: file)
        try platform.installPlugin(
            .folder(folder.plugin("tickets", ["objects/ticket.json": Self.object, "main.lua": Self.main]))
        )
        try platform.close()
        var random = SystemRandomNumberGenerator()
        var acknowledged: [Int64] = []
        for round in 0..<50 {
            let child = try Child(file: file, folder: folder.path)
            // At most so many are waited for: some children die before their first record, others amid their work.
            acknowledged += child.acknowledgements(Int.random(in: 0...6, using: &random))
            acknowledged += child.kill()
            if round % 10 == 9 { try examine(file, acknowledged, kills: round + 1) }
        }
        #expect(acknowledged.count > 25, "the children did write")
    }

    private func examine(_ file: String, _ acknowledged: [Int64], kills: Int) throws {
        let platform = try Platform.open(at: file)
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
        let (ids, codes, twins) = try platform.read(as: .administrator) { session throws(PlatformError) in
            var ids: Set<Int64> = []
            var codes: [String] = []
            var twins: [String] = []
            let query = Query(object: TestSupport.object("ticket"), limit: 10_000)
            for record in try session.find(query).records {
                ids.insert(record.id)
                codes.append(record["code"].displayText)
                if !record["twin"].isNull { twins.append(record["twin"].displayText) }
            }
            return (ids, codes.sorted(), twins)
        }
        #expect(acknowledged.filter { !ids.contains($0) } == [], "acknowledged, and lost")
        #expect(Set(acknowledged).count == acknowledged.count)
        let expected = (0..<codes.count).map { "T-" + ("00000" + String($0 + 1)).suffix(6) }
        #expect(codes == expected, "a gap or a double")
        // Every record but the twins has its twin.
        #expect(twins.count * 2 == codes.count)
        #expect(Set(twins).count == twins.count)
        // At most one commit of each child was kept and not acknowledged.
        #expect(codes.count / 2 - acknowledged.count <= kills)
        try platform.close()
    }
}

/// A shell that creates records, one transaction each, and prints the number of each when it is kept.
private final class Child {
    private let process = Process()
    private let output = Pipe()
    private var rest: [UInt8] = []

    init(file: String, folder: String) throws {
        let input = Pipe()
        process.executableURL = ShellExecutable.url
        process.arguments = [file]
        process.environment = ["HOME": folder, "PATH": "/usr/bin:/bin"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = "print('#' .. crm.create('ticket', {name = 'n'}).id .. '.')\n"
        // A child that was killed leaves a broken pipe behind, which is no fault here.
        try? input.fileHandleForWriting.write(contentsOf: Data(String(repeating: line, count: 60).utf8))
        try? input.fileHandleForWriting.close()
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
