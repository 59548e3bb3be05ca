import CRMConcurrency
import CRMModel
import CRMPlatform
import CRMStorage
import Foundation
import TestSupport
import Testing

@testable import CRMRecords

/// What the room of access keeps to beyond what each door shows.
@Suite("The access room")
struct AccessRoomTests {
    private static let customers = Query(object: object("customer"), sort: [SortKey(field: "id")])

    private func names(_ office: SalesOffice, _ principal: Principal, _ filter: String? = nil) throws -> [String] {
        var query = Self.customers
        query.filter = filter
        let asked = query
        return try office.platform.read(as: principal) { session in
            try session.find(asked).records.map(\.title)
        }
    }

    @Test("users of the same roles share what was compiled, and each sees his own")
    func shared() throws {
        let office = try SalesOffice()
        let (two, three) = (Principal.user(2, name: "Two"), Principal.user(3, name: "Three"))
        for _ in 0..<2 {
            #expect(try names(office, two) == ["OwnBakery", "OwnCafe", "SharedInn"])
            #expect(try names(office, three) == ["HiddenMill", "SharedInn", "HiddenBlocked"])
            #expect(try names(office, two, "owner = me()") == ["OwnBakery", "OwnCafe"])
            #expect(try names(office, three, "owner = me()") == ["HiddenMill", "SharedInn", "HiddenBlocked"])
            // Where the user goes into what is worked out beforehand, nothing is shared.
            #expect(try names(office, two, "owner = me() + 1") == ["SharedInn"])
            #expect(try names(office, three, "owner = me() + 1") == [])
            #expect(try names(office, two, "me() = 2 and owner = 2") == ["OwnBakery", "OwnCafe"])
            #expect(try names(office, three, "me() = 2 and owner = 2") == [])
        }
        #expect(try names(office, .administrator, "owner = me() + 2").count == 3)
    }

    @Test("a list of child rows leaves those alone that whoever gives it does not see")
    func hiddenChildren() throws {
        let office = try SalesOffice()
        try office.platform.write(as: OfficeRole.seller.principal, origin: .library) { session in
            var input = RecordInput()
            input.append(field("contacts"), .rows([]))
            _ = try session.update(SalesOffice.bakery, input)
        }
        let left = try office.platform.read(as: .administrator) { session in
            try session.children(object("contact"), of: SalesOffice.bakery, by: field("customer")).map(\.title)
        }
        #expect(left == ["HiddenBert"])
    }

    @Test("what metadata says goes with a deletion goes, seen or not, and stands in the history")
    func cascade() throws {
        let office = try SalesOffice()
        let carl = RecordID(object: object("contact"), number: 3)
        try office.platform.write(as: OfficeRole.seller.principal, origin: .library) { session in
            _ = try session.delete(SalesOffice.cafe)
        }
        let history = try office.platform.read(as: .administrator) { session in
            try session.history(of: carl)
        }
        #expect(history.map(\.action) == ["create", "delete"])
        #expect(history.map(\.userID) == [1, 2])
        // A reference of a record that is not seen is emptied, though the field could not be written.
        try office.platform.write(as: .administrator, origin: .library) { session in
            _ = try session.delete(RecordID(object: object("order"), number: 1))
            _ = try session.update(SalesOffice.mill, ["parent": "OwnBakery"])
        }
        try office.platform.write(as: OfficeRole.seller.principal, origin: .library) { session in
            _ = try session.delete(SalesOffice.bakery)
        }
        let parent = try office.platform.read(as: .administrator) { session in
            try session.require(SalesOffice.mill)["parent"]
        }
        #expect(parent == .null)
    }

    @Test("a search of somebody who sees little takes nothing from the index")
    func index() throws {
        let office = try SalesOffice()
        let found = try office.platform.write(as: OfficeRole.seller.principal, origin: .library) {
            session in
            try session.search("Mill").hits.count
        }
        #expect(found == 0)
        let all = try office.platform.search("HiddenMill", as: .administrator)
        #expect(all.hits.map { $0.record.recordID }.contains(SalesOffice.mill))
    }

    @Test("a settle hook counts what its user does not see, and writes what he may not")
    func settle() throws {
        let office = try SalesOffice()
        try office.platform.write(as: OfficeRole.seller.principal, origin: .library) { session in
            _ = try session.create(object("contact"), ["name": "OwnEmil", "owner": "2", "customer": "OwnBakery"])
        }
        let (grade, reason) = try office.platform.read(as: .administrator) { session in
            (
                try session.require(SalesOffice.bakery)["grade"].displayText,
                try session.history(of: SalesOffice.bakery).last?.reason
            )
        }
        #expect(grade == "G3")
        #expect(reason == "settle customer/2")
    }

    @Test("a record is shown without what it refers to and owns, when that is of objects of which nothing may be read")
    func otherObjects() throws {
        let office = try SalesOffice()
        let clerk = Principal.user(6, name: "Clerk")
        let lines = Guarded<[String]>([])
        try office.platform.runScript(
            "local c = crm.get('customer/1') print(c.name, tostring(c.region.name), #c.contacts)",
            name: "clerk.lua",
            as: clerk
        ) { line in lines.withLock { $0.append(line) } }
        #expect(lines.withLock { $0 } == ["HiddenMill\tnil\t0"])
        let page = try office.platform.printRecord(
            template: "card",
            record: SalesOffice.bakery,
            language: .en,
            as: clerk
        )
        #expect(page.text.contains("OwnBakery") && page.text.contains("HiddenMill"))
        #expect(!page.text.contains("HiddenRegion") && !page.text.contains("OwnAnna"))
        let refused = refusal {
            _ = try office.platform.runScript("crm.get('region/1')", name: "clerk.lua", as: clerk) { _ in }
        }
        #expect(refused?.code == .permissionDenied)
    }

    /// A policy that can be changed while the file is open.
    private final class Changing: AccessPolicy {
        let condition: Guarded<(version: Int64, text: String)>

        init(_ text: String) {
            condition = Guarded((1, text))
        }

        func change(_ text: String) { condition.withLock { $0 = ($0.version + 1, text) } }

        var version: Int64 { condition.withLock { $0.version } }
        func roles(of principal: Principal) -> RoleSet? { RoleSet(["user"]) }
        func allows(_ roles: RoleSet, _ offer: PluginOffer) -> Bool { true }
        func grant(_ roles: RoleSet, on object: ObjectDefinition) -> ObjectGrant {
            ObjectGrant(read: .where(condition.withLock { $0.text }))
        }
    }

    @Test("a policy that changes is asked anew in the next unit of work; one that cannot be understood gives nothing")
    func changing() throws {
        let policy = Changing("name = 'a'")
        var options = PlatformOptions()
        options.access = policy
        let folder = try ScratchFolder()
        let platform = try Platform.inMemory(options: options)
        let thing = #"{"name": "thing", "label": "Thing", "fields": [{"name": "name", "type": "text", "label": "N"}]}"#
        try platform.installPlugin(.folder(folder.plugin("t", ["objects/thing.json": thing])))
        try platform.write(as: .administrator, origin: .library) { session in
            for name in ["a", "b"] { _ = try session.create(object("thing"), ["name": name]) }
        }
        func titles(_ principal: Principal = .user(2, name: "U")) throws -> [String] {
            try platform.read(as: principal) { session in
                let first = try session.get(RecordID(object: object("thing"), number: 1)).map { [$0.title] } ?? []
                return first + (try session.find(Query(object: object("thing"))).records.map(\.title))
            }
        }
        #expect(try titles() == ["a", "a"])
        policy.change("name = 'b'")
        #expect(try titles() == ["b"])
        policy.change("nane = 'b'")
        #expect(refusal { _ = try titles() }?.code == .permissionDenied)
        #expect(try titles(.administrator) == ["a", "a", "b"])
    }

    @Test("a mask leaves what it says, of short values nothing, and what is masked stays as it is")
    func masks() {
        #expect(FieldMask.last4.shown(.text("13800001111")) == .text("****1111"))
        #expect(FieldMask.last4.shown(.text("12345678")) == .text("****"))
        #expect(FieldMask.last4.shown(FieldMask.last4.shown(.text("13800001111"))) == .text("****1111"))
        #expect(FieldMask.last4.shown(.null) == .null)
        #expect(FieldMask.hidden.shown(.integer(5)) == .text("***"))
        #expect(FieldMask.label("confidential").shown(.boolean(true)) == .text("confidential"))
    }

    private static let terms: [(SearchTerm, Bool)] = [
        (.beginning("ab"), true), (.token("abc"), true), (.token("abd"), false), (.beginning("ef"), false),
        (.any([.token("x"), .token("abc")]), true), (.all([.token("x"), .token("abc")]), false),
        (.all([.any([.token("x"), .beginning("de")]), .token("abc")]), true),
        (.all([.any([.token("x"), .token("y")]), .token("abc")]), false),
        (.any([.all([.token("x"), .token("y")]), .all([.token("abc"), .token("def")])]), true),
        (.all([.token("abc"), .all([.token("def"), .beginning("ⓟh")])]), true), (.token("ab\"c"), false),
    ]

    @Test("a term is met by the same tokens as in the index", arguments: terms)
    func metBy(term: SearchTerm, isMet: Bool) throws {
        let tokens = "abc def ⓟhd"
        #expect(term.isMet(by: tokens) == isMet)
        var found: [Int64] = []
        try SQLiteStore.inMemory().write { connection throws(PlatformError) in
            try SearchTable.mark(objectID: 1, record: 7, on: connection)
            try SearchTable.write(objectID: 1, record: 7, document: ("", tokens), on: connection)
            try SearchTable.search(term, on: connection) { (_: Int64, record: Int64, _: String) in
                found.append(record)
                return true
            }
        }
        #expect(found == (isMet ? [7] : []))
    }
}
