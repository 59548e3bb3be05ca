import CRMStorage
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// Upgrades that give fields another meaning, another form or narrower bounds, with records in the file.
@Suite("Upgrades held against the data")
struct UpgradeTests {
    private let scratch: ScratchFolder
    private let platform: Platform

    init() throws {
        scratch = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        platform = try Platform.create(at: scratch.path + "/c.crm", options: options)
    }

    /// Installs `field` as the property list of the field `x` of the object `thing`, besides a name.
    private func install(_ field: String, plugin: String = "up", object: String = "thing") throws {
        let x = field.isEmpty ? "" : #", {"name": "x", "label": "某值", \#(field)}"#
        let files = [
            "objects/\(object).json": """
            {"name": "\(object)", "label": "物件 \(object)", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "名称"}\(x)]}
            """,
            "objects/\(plugin)_a.json": Self.other("\(plugin)_a"),
            "objects/\(plugin)_b.json": Self.other("\(plugin)_b"),
            "dictionaries/\(plugin)_d.json": Self.dictionary("\(plugin)_d", "k", "m"),
            "dictionaries/\(plugin)_e.json": Self.dictionary("\(plugin)_e", "k"),
        ]
        try platform.installPlugin(.folder(scratch.plugin(plugin, files)))
    }

    private static func other(_ name: String) -> String {
        #"{"name": "\#(name)", "label": "\#(name)", "fields": [{"name": "name", "type": "text", "label": "名称"}]}"#
    }

    private static func dictionary(_ name: String, _ values: String...) -> String {
        let options = values.map { #"{"value": "\#($0)", "label": "\#($0)"}"# }.joined(separator: ", ")
        return #"{"name": "\#(name)", "label": "\#(name)", "options": [\#(options)]}"#
    }

    private func save(_ value: String?) throws {
        try platform.write(as: .administrator, origin: .shell) { crm in
            var input: RecordInput = ["name": "甲"]
            if let value { input.append(field("x"), .text(value)) }
            _ = try crm.create(TestSupport.object("thing"), input)
        }
    }

    private func values() throws -> [String] {
        try platform.read(as: .administrator) { crm in
            try crm.find(Query(object: TestSupport.object("thing"))).records.map { $0["x"].displayText }
        }
    }

    /// A change from one field to another with values: those that are there afterwards, nil when it is refused.
    private func change(_ old: String, _ new: String, _ values: [String]) throws -> [String]? {
        try install(old)
        for value in values { try save(value) }
        do {
            try install(new)
        } catch let error as PlatformError where error.code == .migrationFailed {
            #expect(try self.values() == values, "a refusal changes nothing")
            return nil
        }
        let reopened = try platform.check()
        #expect(reopened.isEmpty, "\(reopened.map { $0.message.text(in: .en) })")
        return try self.values()
    }

    // MARK: - Forms that values fit

    @Test(
        "a field that becomes unique is refused when records are the same, whichever way they are written",
        arguments: [
            (#""type": "text""#, #""type": "text", "unique": true"#, ["A-1", "ａ-1"]),
            (#""type": "text""#, #""type": "email", "unique": true"#, ["A@b.com", "a@b.com"]),
            (#""type": "phone""#, #""type": "phone", "unique": true"#, ["139-0000-1111", "+86 13900001111"]),
        ]
    )
    func twins(old: String, new: String, values: [String]) throws {
        #expect(try change(old, new, values) == nil)
    }

    @Test("texts that become addresses are kept as addresses are")
    func addresses() throws {
        let kept = try change(#""type": "text""#, #""type": "email""#, ["Li@Example.CO", "a@b.cn"])
        #expect(kept == ["li@example.co", "a@b.cn"])
    }

    @Test(
        "values that fit the new type are converted, and the file is whole afterwards",
        arguments: [
            (#""type": "integer""#, #""type": "decimal", "scale": 2"#, ["7", "-3"], ["7.00", "-3.00"]),
            (#""type": "decimal", "scale": 2"#, #""type": "decimal", "scale": 4"#, ["1.25"], ["1.2500"]),
            (#""type": "decimal", "scale": 2"#, #""type": "decimal", "scale": 1"#, ["1.50"], ["1.5"]),
            (#""type": "decimal", "scale": 2"#, #""type": "integer""#, ["12.00"], ["12"]),
            (
                #""type": "currency", "currency": "USD"#, #""type": "currency", "currency": "USD", "scale": 4"#,
                ["1.25"], ["1.2500"]
            ),
            (#""type": "percent", "scale": 0"#, #""type": "percent", "scale": 2"#, ["12"], ["12.00"]),
            (#""type": "date""#, #""type": "date_time""#, ["2026-11-21"], ["2026-11-20T16:00:00Z"]),
            (#""type": "text""#, #""type": "integer""#, ["42", "-7"], ["42", "-7"]),
            (#""type": "text""#, #""type": "date""#, ["2026-02-28"], ["2026-02-28"]),
            (#""type": "integer""#, #""type": "text""#, ["42"], ["42"]),
            (#""type": "text", "max_length": 3"#, #""type": "text", "max_length": 2"#, ["ab"], ["ab"]),
            (#""type": "text""#, #""type": "picklist", "dictionary": "up_d""#, ["k", "m"], ["k", "m"]),
            (#""type": "picklist", "dictionary": "up_d""#, #""type": "picklist", "dictionary": "up_e""#, ["k"], ["k"]),
            (#""type": "text", "unique": true"#, #""type": "integer", "unique": true"#, ["1", "10"], ["1", "10"]),
        ]
    )
    func fits(_ old: String, _ new: String, _ before: [String], _ after: [String]) throws {
        let old = old.hasSuffix("USD") ? old + "\"" : old
        #expect(try change(old, new, before) == after)
        try platform.close()
        let again = try Platform.open(at: scratch.path + "/c.crm", options: PlatformOptions())
        #expect(try again.check().isEmpty)
        try again.close()
    }

    @Test("values that meet in a unique index on their way are converted all the same")
    func uniqueOnTheWay() throws {
        let scaled = ["1", "100", "10000"]
        let old = #""type": "integer", "unique": true"#
        #expect(
            try change(old, #""type": "decimal", "scale": 2, "unique": true"#, scaled) == [
                "1.00", "100.00", "10000.00",
            ]
        )
    }

    @Test("a field without any value may become anything")
    func emptyField() throws {
        let types = [
            #""type": "text""#, #""type": "integer""#, #""type": "reference", "object": "up_a""#, #""type": "boolean""#,
            #""type": "children", "object": "thing", "via": "up""#, #""type": "date_time""#,
        ]
        try install(types[0])
        try save(nil)
        for type in types.dropFirst() where !type.contains("children") { try install(type) }
        #expect(try platform.check().isEmpty)
        #expect(try values() == [""])
    }

    // MARK: - Meanings that would change

    @Test(
        "a value that would mean something else, or does not fit, refuses the upgrade with its number and record",
        arguments: [
            (#""type": "reference", "object": "up_a""#, #""type": "reference", "object": "up_b""#, "#"),
            (#""type": "reference", "object": "up_a""#, #""type": "integer""#, "#"),
            (#""type": "integer""#, #""type": "reference", "object": "up_a""#, "1"),
            (#""type": "currency", "currency": "USD""#, #""type": "currency", "currency": "EUR""#, "10.55"),
            (#""type": "currency", "currency": "USD""#, #""type": "decimal", "scale": 2"#, "10.55"),
            (#""type": "decimal", "scale": 2"#, #""type": "percent", "scale": 2"#, "0.12"),
            (#""type": "boolean""#, #""type": "integer""#, "true"),
            (#""type": "date_time""#, #""type": "date""#, "2026-11-21 10:00"),
            (#""type": "decimal", "scale": 2"#, #""type": "decimal", "scale": 1"#, "1.25"),
            (#""type": "decimal", "scale": 2"#, #""type": "integer""#, "1.25"),
            (#""type": "text""#, #""type": "integer""#, "007"),
            (#""type": "text""#, #""type": "picklist", "dictionary": "up_d""#, "z"),
            (#""type": "text""#, #""type": "email""#, "nobody"),
            (#""type": "text", "max_length": 40"#, #""type": "text", "max_length": 1"#, "ab"),
            (#""type": "integer""#, #""type": "integer", "max": 9"#, "10"),
            (#""type": "integer""#, #""type": "integer", "min": 11"#, "10"),
            (#""type": "text""#, #""type": "text", "pattern": "[a-z]+""#, "A1"),
            (#""type": "picklist", "dictionary": "up_d""#, #""type": "picklist", "dictionary": "up_e""#, "m"),
            (#""type": "picklist", "dictionary": "up_d""#, #""type": "text""#, "m"),
        ]
    )
    func refused(_ old: String, _ new: String, _ value: String) throws {
        try install(old)
        if value == "#" {
            try platform.write(as: .administrator, origin: .shell) { crm in
                let id = try crm.create(TestSupport.object("up_a"), ["name": "目标"]).record.id
                _ = try crm.create(TestSupport.object("thing"), ["name": "甲", "x": "\(id)"])
            }
        } else {
            try save(value)
        }
        let before = try values()
        let error = refusal { try install(new) }
        #expect(error?.code == .migrationFailed)
        let text = error?.issues.map { $0.message.text(in: .en) }.joined() ?? ""
        #expect(text.contains("1 records") && text.contains("thing/1"), "\(text)")
        #expect(try values() == before)
        #expect(try platform.check().isEmpty)
    }

    @Test("a field that becomes required while records have none refuses the upgrade, and may with a default")
    func required() throws {
        try install(#""type": "text""#)
        try save(nil)
        let error = refusal { try install(#""type": "text", "required": true"#) }
        #expect(error?.issues.map(\.code) == ["required"])
        try install(#""type": "text", "required": true, "default": "y""#)
        #expect(try values() == ["y"])
    }

    // MARK: - Fields and objects that come back

    @Test("a field that comes back as something else is held against what it was when it was archived")
    func revived() throws {
        try install(#""type": "currency", "currency": "USD""#)
        try save("10.55")
        try install("")
        #expect(
            refusal { try install(#""type": "currency", "currency": "EUR""#) }?.issues.map(\.code) == ["other_meaning"]
        )
        #expect(refusal { try install(#""type": "decimal", "scale": 2"#) }?.issues.map(\.code) == ["other_meaning"])
        try install(#""type": "currency", "currency": "USD", "scale": 3"#)
        #expect(try values() == ["10.550"])
    }

    @Test("records of a plugin that is away do not become those of another with an object of the same name")
    func otherPlugin() throws {
        try install(#""type": "text""#)
        try save("a")
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "up")))
        #expect(refusal { try install(#""type": "text""#, plugin: "other") }?.issues.map(\.code) == ["other_plugin"])
        try install(#""type": "text""#)
        #expect(try values() == ["a"])
    }

    @Test("the plan of an uninstall and of an upgrade says how many records are concerned")
    func numbers() throws {
        try install(#""type": "text""#)
        try save("a")
        try save(nil)
        let steps = try platform.uninstallPlugin(#require(PluginID(rawValue: "up"))).steps.map { $0.text(in: .en) }
        #expect(steps.contains("Archive the object \"thing\" (its 2 records stay)"))
    }

    @Test("a plugin with a required field that is empty in old records can be installed again, and says how many")
    func reinstalled() throws {
        try install("")
        try platform.write(as: .administrator, origin: .shell) { crm in
            _ = try crm.create(TestSupport.object("thing"), ["name": "甲"])
        }
        try install(#""type": "text", "required": true"#)
        _ = try platform.uninstallPlugin(try #require(PluginID(rawValue: "up")))
        let result = try platform.planInstall([.folder(scratch.path + "/up")])
        #expect(result.contains { $0.text(in: .zhCN).contains("又回来了") && $0.text(in: .zhCN).contains("1 条记录为空") })
        try install(#""type": "text", "required": true"#)
        #expect(try values() == [""])
        // What is there and could have been filled in is still asked for.
        try install(#""type": "text""#)
        #expect(throws: PlatformError.self) { try install(#""type": "text", "required": true"#) }
    }
}
