import CRMModel
import CRMRecords
import CRMStorage
import TestSupport
import Testing

/// Counters as people look at them and set them.
@Suite("Counters of codes")
struct CodeCounterTests {
    private let crm: TestCompany

    init() throws {
        crm = try TestCompany([
            "objects/place.json": #"""
            {"name":"place","label":"地点","title_field":"name","fields":[{"name":"name","type":"text","label":"名称"},
             {"name":"mark","type":"text","label":"代号"}]}
            """#,
            "objects/thing.json": #"""
            {"name":"thing","label":"物件","title_field":"code","fields":[
             {"name":"code","type":"auto_number","label":"物件号"},
             {"name":"box","type":"auto_number","label":"箱号"},
             {"name":"place","type":"reference","label":"地点","object":"place"}],
             "code_rules":[{"name":"monthly","field":"code","pattern":"T{yyyy}{MM}-{seq:4}","reset":"month"},
              {"name":"boxes","field":"box","pattern":"{place.mark}-{seq:2}","scope":["place"]}]}
            """#,
        ])
        try crm.write { crm throws(PlatformError) in
            for mark in ["N", "S"] { _ = try crm.create(object("place"), ["name": "\(mark)地", "mark": mark]) }
        }
    }

    private func create(place: String = "N地") throws -> [String] {
        try crm.write { crm throws(PlatformError) in
            let record = try crm.create(object("thing"), ["place": place]).record
            return [record["code"].displayText, record["box"].displayText]
        }
    }

    private func choice(_ field: String = "code", scope: [String] = [], period: String? = nil) -> CodeCounterChoice {
        var choice = CodeCounterChoice(object: "thing", field: field)
        choice.scope = scope
        choice.period = period
        return choice
    }

    private func next(_ choice: CodeCounterChoice) throws -> CodeCounter {
        try crm.read { crm throws(PlatformError) in try crm.codeCounter(choice) }
    }

    private func set(_ choice: CodeCounterChoice, _ serial: Int64) throws -> CodeCounter {
        try crm.write { crm throws(PlatformError) in try crm.setCodeCounter(choice, next: serial) }
    }

    @Test("leave room behind whatever they are set to, and pass over numbers that nobody has counted")
    func limits() throws {
        #expect(
            crm.refusal {
                try self.crm.write { crm throws(PlatformError) in
                    try crm.setCodeCounter(self.choice(), next: 999_999_999_999_999_999)
                }
            }?.code == .invalidInput
        )
        #expect(try set(choice(), 999_999_999_999_999).code == "T202611-999999999999999")
        #expect(try create()[0] == "T202611-999999999999999")
        #expect(try create()[0] == "T202611-1000000000000000")
        #expect(try set(choice(), 12).code == "T202611-0012")
        #expect(try create()[0] == "T202611-0012")
    }

    @Test("tell the code that comes next as often as they are asked, and the next record gets it")
    func preview() throws {
        for _ in 0..<2 { #expect(try next(choice()).code == "T202611-0001") }
        #expect(try next(choice("箱号", scope: ["地点=S地"])).code == "S-01")
        #expect(try create(place: "S地") == ["T202611-0001", "S-01"])
        #expect(try next(choice("box", scope: ["place=place/2"])).code == "S-02")
        #expect(try next(choice("box", scope: ["place=N地"])).code == "N-01")
        #expect(try next(choice(period: "2027-01")).code == "T202701-0001")
    }

    @Test("are set ahead, and back to what is free behind the highest stored code, in their scope and period alone")
    func setting() throws {
        _ = try create()
        #expect(try set(choice(), 500).code == "T202611-0500")
        #expect(try create()[0] == "T202611-0500")
        for serial in [1, 499, 500] as [Int64] {
            let error = crm.refusal { _ = try set(choice(), serial) }
            #expect(error?.code == .invalidInput)
            #expect(error?.text(in: .en).contains("500") == true)
            #expect(error?.text(in: .en).contains("501") == true)
        }
        _ = try set(choice(), 900)
        #expect(try set(choice(), 501).code == "T202611-0501")
        #expect(try set(choice("box", scope: ["place=N地"]), 40).code == "N-40")
        #expect(try create() == ["T202611-0501", "N-40"])
        #expect(try create(place: "S地")[1] == "S-01")
        #expect(try set(choice(period: "2026-12"), 7).code == "T202612-0007")
        #expect(try create()[0] == "T202611-0503")
        crm.clock = FixedClock("2026-12-01T02:00:00Z")
        #expect(try create()[0] == "T202612-0007")
        for serial in [0, -1, .max] as [Int64] {
            #expect(crm.refusal { _ = try set(choice(), serial) }?.code == .invalidInput)
        }
    }

    @Test("set behind by force are passed over in the preview as they are in saves, and a check says what to do")
    func behind() throws {
        for _ in 0..<3 { _ = try create() }
        let thing = try #require(crm.catalog.objects[object("thing")])
        let key = CounterTable.key(thing.stableID, try #require(ElementName(rawValue: "monthly")))
        try crm.store.write { connection throws(PlatformError) in
            try CounterTable.set(next: 2, rule: key, scope: "", period: "2026-11", on: connection)
        }
        let finding = try crm.read { crm throws(PlatformError) in try crm.checkBooks() }.first
        #expect(finding?.text(in: .en).contains("code set thing.code 4") == true)
        #expect(try next(choice()).code == "T202611-0004")
        #expect(try create()[0] == "T202611-0004")
    }

    @Test("are listed with scope, period, highest and next, the present period also before it is used")
    func list() throws {
        func lines() throws -> [String] {
            try crm.read { crm throws(PlatformError) in try crm.codeCounters() }.map { counter in
                let highest = counter.highest.map { String($0) } ?? ""
                return "\(counter.field) \(counter.scope.joined(separator: " ")) \(counter.period) \(highest) "
                    + "\(counter.next) \(counter.code ?? "")"
            }
        }
        #expect(try lines() == ["code  2026-11 0 1 T202611-0001"])
        _ = try create(place: "S地")
        #expect(try lines() == ["code  2026-11 1 2 T202611-0002", "box place=place/2  1 2 S-02"])
    }

    @Test("that are not there are refused with what there is")
    func refused() {
        for (choice, word) in [
            (choice("place"), "thing.box"), (choice("box"), "--scope place=…"),
            (choice("box", scope: ["place=无此地"]), "无此地"), (choice(scope: ["x"]), "x"),
            (choice(period: "2026"), "2026-11"), (choice(period: "2026-13"), "2026-13"),
            (choice("box", scope: ["place=N地"], period: "2026"), "--period"),
        ] {
            let error = crm.refusal { _ = try next(choice) }
            #expect(error?.code == .invalidInput)
            #expect(error?.text(in: .zhCN).contains(word) == true, "\(error?.text(in: .zhCN) ?? "")")
        }
    }
}
