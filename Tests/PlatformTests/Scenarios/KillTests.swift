import CRMPlatform
import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments of writing: what was acknowledged is there, numbers have no gaps, the file is sound.
@Suite("Killed while writing", .tags(.kill))
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
            let child = try KilledShell(writing: file, folder: folder.path)
            // At most so many are waited for: some children die before their first record, others amid their work.
            acknowledged += child.acknowledgements(Int.random(in: 0...6, using: &random))
            acknowledged += child.kill()
            if round % 10 == 9 { try examine(file, acknowledged, kills: round + 1) }
        }
        #expect(acknowledged.count > 25, "the children did write")
    }

    @Test("a plugin whose installation was killed is there whole or not at all")
    func installs() throws {
        let folder = try ScratchFolder()
        let plugin = try folder.plugin("tickets", Self.files)
        let whole = try Self.plain(folder.path + "/whole.crm")
        try whole.installPlugin(.folder(plugin))
        let (before, after) = (try Self.schema(Self.plain(folder.path + "/plain.crm")), try Self.schema(whole))
        var seen: Set<Bool> = []
        for round in 0..<24 {
            let file = folder.path + "/i\(round).crm"
            try Self.plain(file).close()
            let child = try KilledShell(["plugin", "install", file, plugin], folder: folder.path)
            child.kill(afterMilliseconds: 5 + round * 8)
            let platform = try Platform.open(at: file)
            let isThere = try !platform.plugins.isEmpty
            #expect(try Self.schema(platform) == (isThere ? after : before))
            #expect(try platform.check().isEmpty)
            // The next try goes through.
            if !isThere { try platform.installPlugin(.folder(plugin)) }
            #expect(try Self.schema(platform) == after)
            seen.insert(isThere)
        }
        #expect(seen.contains(false), "some were killed in time")
    }

    @Test("an import that was killed leaves whole batches, numbers without gaps and a sound file")
    func imports() throws {
        let folder = try ScratchFolder()
        let plugin = try folder.plugin("tickets", ["objects/ticket.json": Self.object])
        var counts: [Int] = []
        try folder.write("name\n" + (1...6000).map { "row \($0)\n" }.joined(), to: "rows.csv")
        for round in 0..<12 {
            let file = folder.path + "/m\(round).crm"
            let platform = try Self.plain(file)
            try platform.installPlugin(.folder(plugin))
            try platform.close()
            let child = try KilledShell(["import", file, "ticket", folder.path + "/rows.csv"], folder: folder.path)
            // From before it begins to after its end, on slow machines and on fast ones.
            child.kill(afterMilliseconds: 10 + round * round * 12)
            counts.append(try examine(file, [], kills: .max))
        }
        #expect(counts.contains { $0 < 6000 }, "some were killed in time")
        #expect(counts.contains { $0 > 0 }, "some had begun: \(counts)")
    }

    private static let files = ["objects/ticket.json": object, "main.lua": main]

    private static func plain(_ file: String) throws -> Platform { try Platform.create(at: file) }

    /// The tables, and the plugins with their files.
    private static func schema(_ platform: Platform) throws -> [String] {
        let digest = try TableDigest(file: platform.path)
        return try (digest.tables["sqlite_master"] ?? []) + platform.plugins.map { "\($0.id) \($0.version)" }
            + platform.catalog.sortedObjects.flatMap { object in object.fields.map { "\(object.name).\($0.name)" } }
    }

    @discardableResult
    private func examine(_ file: String, _ acknowledged: [Int64], kills: Int) throws -> Int {
        let platform = try Platform.open(at: file)
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
        let (ids, codes, twins) = try platform.read(as: .administrator) { session in
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
        #expect(Set(twins).count == twins.count)
        if kills < .max {
            // Every record but the twins has its twin, and at most one commit of each child was not acknowledged.
            #expect(twins.count * 2 == codes.count)
            #expect(codes.count / 2 - acknowledged.count <= kills)
        }
        try platform.close()
        return codes.count
    }
}
