import CRMPlatform
import Foundation
import TestSupport
import Testing

/// `kill -9` between the commit of a save and what its after_commit hook does.
@Suite("Killed before the effect", .tags(.kill))
struct EffectKillTests {
    private static let files = [
        "objects/ticket.json": """
        {"name": "ticket", "label": "票", "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "required": true}]}
        """,
        "objects/echo.json": """
        {"name": "echo", "label": "回声", "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "required": true}]}
        """,
        // It takes a while over what it does, so that there is time to be killed in.
        "main.lua": """
        crm.on("ticket", "after_commit", function(rec)
          local sum = 0
          for i = 1, 8000000 do sum = sum + i end
          crm.create("echo", {name = rec.name})
        end)
        """,
    ]

    private func names(_ object: String, _ platform: Platform) throws -> [String] {
        try platform.read(as: .administrator) { session in
            try session.find(Query(object: TestSupport.object(object), sort: [SortKey(field: "id")])).records.map {
                $0["name"].displayText
            }
        }
    }

    @Test("loses nothing: the hook runs afterwards, once for each save, whether it had begun or not")
    func kills() throws {
        let folder = try ScratchFolder()
        let file = folder.path + "/k.crm"
        let platform = try Platform.create(at: file)
        try platform.installPlugin(.folder(folder.plugin("tickets", Self.files)))
        let kept = 8
        var left = 0
        for round in 1...kept {
            let child = try KilledShell(["create", file, "ticket", "name=t\(round)"], folder: folder.path)
            // As soon as the save is kept, which others see then.
            while try names("ticket", platform).count < round { sched_yield() }
            _ = child.kill()
            left += try platform.jobs([.waiting]).count
            let run = try platform.runJobs()
            #expect(run.failed == 0 && run.dead == 0)
            #expect(try names("echo", platform) == (1...round).map { "t\($0)" })
            #expect(try platform.runJobs() == JobRun())
        }
        #expect(left > 0, "some were killed in time")
        let done = try platform.jobs([.done])
        #expect(done.count == kept)
        #expect(Set(done.compactMap(\.key)).count == kept)
        #expect(try platform.check().isEmpty)
        try platform.close()
    }
}
