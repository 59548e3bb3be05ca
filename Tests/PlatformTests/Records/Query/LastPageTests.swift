import CRMModel
import CRMPlatform
import CRMRecords
import TestSupport
import Testing

/// A page that ends with the last record has no next one.
@Suite("The last page")
struct LastPageTests {
    @Test("a limit that is met exactly offers no further page, and one that is not does", arguments: [2, 3, 4])
    func exact(limit: Int) throws {
        let folder = try ScratchFolder()
        let platform = try Platform.create(at: folder.path + "/t.crm")
        let files = [
            "objects/thing.json": """
            {"name": "thing", "label": "物", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "名"}]}
            """
        ]
        try platform.installPlugin(.folder(folder.plugin("things", files)))
        try platform.write(as: .administrator, origin: .shell) { session in
            for name in ["a", "b", "c"] { _ = try session.create(object("thing"), ["name": name]) }
        }
        let query = Query(object: object("thing"), sort: [SortKey(field: "name")], limit: limit)
        try platform.read(as: .administrator) { session in
            var bytes: [UInt8] = []
            let page = try session.find(query)
            let written = try session.findJSON(query, into: &bytes)
            #expect((page.records.count, written.count) == (min(limit, 3), min(limit, 3)))
            #expect((page.next != nil, written.next != nil) == (limit < 3, limit < 3))
        }
    }
}
