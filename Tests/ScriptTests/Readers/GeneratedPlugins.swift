import CRMModel
import CRMRecords
import CRMStorage
import TestSupport

@testable import CRMPlatform

/// Numbers by chance that are the same in every run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}

/// A plugin with an object of fields of every type in some order, up to three of them `children`, an extension of it by
/// a second plugin, and records with values by chance.
struct GeneratedPlugins {
    /// The object that has everything.
    static let main = "main"
    private static let types = [
        #""type":"text""#, #""type":"long_text""#, #""type":"integer""#, #""type":"decimal","scale":3"#,
        #""type":"currency","currency":"CNY""#, #""type":"percent""#, #""type":"boolean""#, #""type":"date""#,
        #""type":"date_time""#, #""type":"picklist","dictionary":"state""#, #""type":"email""#, #""type":"phone""#,
        #""type":"reference","object":"near""#, #""type":"reference","object":"main""#,
    ]

    let platform: Platform
    private let folder: ScratchFolder

    init(seed: Int) throws {
        var dice = Dice(seed)
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        platform = try Platform.inMemory(options: options)
        var files = [
            "dictionaries/state.json": """
            {"name":"state","label":"S","options":[{"value":"open","label":"O"},{"value":"done","label":"D"}]}
            """,
            "objects/far.json": """
            {"name":"far","label":"Far","title_field":"name","fields":[
              {"name":"name","type":"text","label":"N"},{"name":"rank","type":"integer","label":"R"}]}
            """,
        ]
        files["objects/near.json"] = Self.object(
            "near",
            Self.shuffled(
                [
                    #"{"name":"name","type":"text","label":"N"}"#,
                    #"{"name":"amount","type":"decimal","scale":2,"label":"A"}"#,
                    #"{"name":"far","type":"reference","object":"far","label":"F"}"#,
                    #"{"name":"mains","type":"children","object":"main","via":"f12","label":"M"}"#,
                ],
                &dice
            )
        )
        var fields = Self.types.enumerated().map { #"{"name":"f\#($0)",\#($1),"label":"L\#($0)"}"# }
        for index in 0..<dice.below(4) {
            files["objects/row\(index).json"] = Self.object(
                "row\(index)",
                [
                    #"{"name":"name","type":"text","label":"N"}"#,
                    #"{"name":"parent","type":"reference","object":"main","label":"P"}"#,
                ]
            )
            fields.append(
                #"{"name":"rows\#(index)","type":"children","object":"row\#(index)","via":"parent","label":"C"}"#
            )
        }
        files["objects/main.json"] = Self.object("main", Self.shuffled(fields, &dice), title: "f0")
        try platform.installPlugin(.folder(folder.plugin("gen", files)))
        try installExtension(&dice)
        try fill(&dice)
    }

    private func installExtension(_ dice: inout Dice) throws {
        var fields = [
            #"{"name":"ext_note","type":"text","label":"EN"}"#,
            #"{"name":"ext_rate","type":"decimal","scale":4,"label":"ER"}"#,
            #"{"name":"ext_near","type":"reference","object":"near","label":"EF"}"#,
        ]
        var files = [
            "plugin.json": """
            {"id":"ext","version":"1.0.0","api":1,"type":"module","title":"ext","depends":{"gen":"^1.0.0"}}
            """
        ]
        if dice.below(2) == 0 {
            files["objects/ext_row.json"] = Self.object(
                "ext_row",
                [
                    #"{"name":"name","type":"text","label":"N"}"#,
                    #"{"name":"parent","type":"reference","object":"main","label":"P"}"#,
                ]
            )
            fields.append(#"{"name":"ext_rows","type":"children","object":"ext_row","via":"parent","label":"EC"}"#)
        }
        files["objects/main.extend.json"] =
            #"{"extends":"main","fields":[\#(Self.shuffled(fields, &dice).joined(separator: ","))]}"#
        try platform.installPlugin(.folder(folder.plugin("ext", files)))
    }

    private func fill(_ dice: inout Dice) throws {
        try SampleRecords(platform).fill(["far": 4, "near": 7, Self.main: 23], &dice)
    }

    private static func object(_ name: String, _ fields: [String], title: String = "name") -> String {
        #"{"name":"\#(name)","label":"\#(name)","title_field":"\#(title)","fields":[\#(fields.joined(separator: ","))]}"#
    }

    private static func shuffled(_ items: [String], _ dice: inout Dice) -> [String] { items.shuffled(using: &dice) }
}

/// Rows with values by chance, written past the pipeline, whose rules are of no interest here.
struct SampleRecords {
    private let platform: Platform

    init(_ platform: Platform) { self.platform = platform }

    /// Fills objects with as many rows as said; references point to rows that are there, or nowhere.
    func fill(_ counts: [String: Int], _ dice: inout Dice) throws {
        let catalog = try platform.catalog
        var rows: [(object: ObjectDefinition, values: [Value])] = []
        for object in catalog.sortedObjects {
            guard let count = counts[object.name.rawValue] else { continue }
            for _ in 0..<count {
                var values = object.fields.map { field in
                    Self.value(field, targets: counts, &dice)
                }
                values[SystemField.version.slot] = .integer(Int64(1 + dice.below(3)))
                values[SystemField.createdBy.slot] = .integer(1)
                values[SystemField.updatedBy.slot] = .integer(1)
                let moment = Value.instant(Instant(milliseconds: Int64(1_700_000_000 + dice.below(5)) * 1000))
                values[SystemField.createdAt.slot] = moment
                values[SystemField.updatedAt.slot] = moment
                rows.append((object, values))
            }
        }
        let made = rows
        try platform.lanes.run(.write) { company throws(PlatformError) in
            try company.store.write { connection throws(PlatformError) in
                for row in made {
                    _ = try RecordTable(row.object, dialect: connection.dialect).insert(row.values, on: connection)
                }
            }
        }
    }

    private static func value(_ field: FieldDefinition, targets: [String: Int], _ dice: inout Dice) -> Value {
        if field.storage == .none { return .null }
        if case .autoNumber = field.type { return .text("A\(dice.next() % 1_000_000_000)") }
        if field.isUnique {
            return field.storage == .text ? .text("u\(dice.next())") : .integer(Int64(dice.below(1 << 40)))
        }
        if case .reference(let target, _) = field.type {
            guard let count = targets[target.rawValue], dice.below(4) > 0 else { return .null }
            return .integer(Int64(1 + dice.below(count)))
        }
        if dice.below(4) == 0 { return .null }
        switch field.storage {
        case .text: return .text(dice.pick(["", "open", "done", "Z9", "甲乙", "a b", "z", "é"]) + "\(dice.below(3))")
        case .integer: return .integer(Int64(dice.below(7)) - 3)
        case .scaled(let scale):
            return FixedDecimal(units: Int64(dice.below(9)) * 1_234 - 5_000, scale: scale).map { .decimal($0) } ?? .null
        case .boolean: return .boolean(dice.below(2) == 0)
        case .date:
            let day = CalendarDate(year: 2026, month: 1 + dice.below(12), day: 1 + dice.below(28))
            return day.map { .date($0) } ?? .null
        case .instant: return .instant(Instant(milliseconds: Int64(1_600_000_000 + dice.below(9)) * 1000))
        case .none: return .null
        }
    }
}
