import CRMStorage
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// Upgrades after which the values that are kept would be read as something else, with records in the file.
@Suite("Upgrades that change what values mean")
struct UpgradeMeaningTests {
    private let scratch: ScratchFolder
    private let platform: Platform

    init() throws {
        scratch = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        platform = try Platform.create(at: scratch.path + "/c.crm", options: options)
    }

    private static let state =
        #"{"name": "x", "label": "状态", "type": "picklist", "dictionary": "up_d", "searchable": true}"#

    private static func options(_ options: [(String, String)], _ more: String = "") -> String {
        options.map { #"{"value": "\#($0.0)", "label": "\#($0.1)"\#(more)}"# }.joined(separator: ", ")
    }

    private static func dictionary(_ options: String, _ name: String = "up_d") -> (String, String) {
        ("dictionaries/\(name).json", #"{"name": "\#(name)", "label": "\#(name)", "options": [\#(options)]}"#)
    }

    /// Installs the object `thing` with a name and further fields, and the files beside it.
    @discardableResult
    private func install(_ fields: String, _ files: (String, String)..., dryRun: Bool = false) throws -> [String] {
        var all = Dictionary(files) { $1 }
        all["objects/thing.json"] = """
            {"name": "thing", "label": "物件", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "名称"}\(fields.isEmpty ? "" : ", " + fields)]}
            """
        let folder = scratch.path + "/up"
        try? FileManager.default.removeItem(atPath: folder)
        return try platform.installPlugin(.folder(scratch.plugin("up", all))).steps.map { $0.text(in: .en) }
    }

    /// Installs a plugin that adds options to the dictionary of the other.
    @discardableResult
    private func extend(_ options: String) throws -> [String] {
        let manifest = """
            {"id":"more","version":"1.0.0","api":1,"type":"module","title":"more","depends":{"up":"*"}}
            """
        let files = [
            "plugin.json": manifest,
            "dictionaries/up_d.extend.json": #"{"extends": "up_d", "options": [\#(options)]}"#,
        ]
        return try platform.installPlugin(.folder(scratch.plugin("more", files))).steps.map { $0.text(in: .en) }
    }

    private func save(_ values: [String: String]...) throws {
        try platform.write(as: .administrator, origin: .shell) { crm in
            for (index, given) in values.enumerated() {
                var input: RecordInput = ["name": "甲\(index)"]
                for (name, value) in given { input.append(field(name), .text(value)) }
                _ = try crm.create(TestSupport.object("thing"), input)
            }
        }
    }

    private func values(_ name: String = "x") throws -> [String] {
        try platform.read(as: .administrator) { crm in
            try crm.find(Query(object: TestSupport.object("thing"))).records.map { $0[name].displayText }
        }
    }

    /// What stands against a change: its codes and its words; none when it is made.
    private func objections(_ body: () throws -> Void) throws -> (codes: [String], text: String) {
        let before = try platform.check().count
        guard let error = refusal(body) else { return ([], "") }
        #expect(error.code == .migrationFailed)
        #expect(try platform.check().count == before)
        return (error.issues.map(\.code), error.issues.map { $0.message.text(in: .en) }.joined(separator: "\n"))
    }

    // MARK: - Names

    private static func money(_ name: String) -> String {
        #"{"name": "\#(name)", "label": "费用", "type": "currency", "currency": "CNY"}"#
    }

    @Test("a field that gets another name with its label and type refuses the upgrade while it has values")
    func renamed() throws {
        try install(Self.money("fee"))
        try install(Self.money("charge"))
        try save(["charge": "1"], [:])
        let found = try objections { try install(Self.money("cost")) }
        #expect(found.codes == ["renamed"])
        #expect(found.text.contains(#"of "charge", which is dropped with the values of 1 records"#))
        try install(#"{"name": "cost", "label": "成本", "type": "currency", "currency": "CNY"}"#)
    }

    @Test("what an upgrade writes into records is in their history")
    func noted() throws {
        try install(Self.state, Self.dictionary(Self.options([("gold", "金"), ("b", "乙")])))
        try save(["x": "gold"], ["x": "b"])
        let level = #"{"name": "level", "label": "级", "type": "text", "required": true, "default": "普通"}"#
        try install(Self.state + ", " + level, Self.dictionary(Self.options([("g", "金"), ("b", "乙")])))
        let told = try platform.read(as: .administrator) { crm in
            try [1, 2].map { number throws(PlatformError) in
                try crm.history(of: RecordID(object: TestSupport.object("thing"), number: number)).dropFirst().flatMap {
                    entry in
                    entry.changes.map { "\(entry.origin) \($0.field) \($0.old.displayText)>\($0.new.displayText)" }
                }
            }
        }
        #expect(told == [["install x gold>g", "install level >普通"], ["install level >普通"]])
    }

    // MARK: - Options

    @Test("labels that change places refuse the upgrade, with the number of records of each value")
    func swappedLabels() throws {
        try install(Self.state, Self.dictionary(Self.options([("a", "甲"), ("b", "乙"), ("c", "丙")])))
        try save(["x": "a"], ["x": "a"], ["x": "b"], ["x": "c"])
        let found = try objections {
            try install(Self.state, Self.dictionary(Self.options([("a", "乙"), ("b", "甲"), ("c", "丙")])))
        }
        #expect(found.codes == ["other_meaning", "other_meaning"])
        #expect(found.text.contains(#"the value "a" was "甲" and would be "乙", so 2 records (such as thing/1)"#))
        #expect(found.text.contains(#"the value "b" was "乙" and would be "甲", so 1 records (such as thing/3)"#))
        #expect(try values() == ["a", "a", "b", "c"])
    }

    @Test("labels that change places in one language alone refuse the upgrade too")
    func swappedInOneLanguage() throws {
        func options(_ first: String, _ second: String) -> String {
            """
            {"value": "a", "label": {"zh-CN": "甲", "en": "\(first)"}},
            {"value": "b", "label": {"zh-CN": "乙", "en": "\(second)"}}
            """
        }
        try install(Self.state, Self.dictionary(options("First", "Second")))
        try save(["x": "b"])
        let found = try objections { try install(Self.state, Self.dictionary(options("Second", "First"))) }
        #expect(found.codes == ["other_meaning"])
    }

    @Test("labels that change places in options that nobody uses are nobody's loss")
    func swappedUnused() throws {
        try install(Self.state, Self.dictionary(Self.options([("a", "甲"), ("b", "乙"), ("c", "丙")])))
        try save(["x": "c"])
        try install(Self.state, Self.dictionary(Self.options([("a", "乙"), ("b", "甲"), ("c", "丙")])))
    }

    @Test("a new label of its own is told with the number of records")
    func relabelled() throws {
        try install(Self.state, Self.dictionary(Self.options([("a", "甲"), ("b", "乙")])))
        try save(["x": "a"], ["x": "a"])
        let steps = try install(Self.state, Self.dictionary(Self.options([("a", "重要"), ("b", "乙")])))
        #expect(steps.contains(#""x" of "thing": the label of "a" changes from "甲" to "重要" in 2 records"#), "\(steps)")
    }

    @Test("an option that says by an alias that it is what it was may take any label")
    func alias() throws {
        try install(Self.state, Self.dictionary(Self.options([("a", "甲"), ("b", "乙")])))
        try save(["x": "a"])
        try install(
            Self.state,
            Self.dictionary(#"{"value": "a", "label": "乙", "aliases": ["甲"]}, {"value": "b", "label": "丁"}"#)
        )
        #expect(try values() == ["a"])
    }

    @Test("a value that is replaced by another of its label is kept as that one")
    func movedValue() throws {
        try install(Self.state, Self.dictionary(Self.options([("a", "甲子"), ("b", "乙丑")])))
        try save(["x": "a"], ["x": "b"], ["x": "a"])
        let steps = try install(Self.state, Self.dictionary(Self.options([("z", "甲子"), ("b", "乙丑")])))
        #expect(steps.contains(#""x" of "thing": keep "a" as "z (甲子)" in 2 records"#), "\(steps)")
        #expect(try values() == ["z", "b", "z"])
        #expect(try platform.search("z", as: .administrator).hits.count == 2)
        #expect(try platform.check().isEmpty)
    }

    @Test("a value that is gone while an older one has taken its label refuses the upgrade")
    func labelOfOlder() throws {
        try install(Self.state, Self.dictionary(Self.options([("a", "甲"), ("b", "乙")])))
        try save(["x": "a"])
        let found = try objections { try install(Self.state, Self.dictionary(Self.options([("b", "甲")]))) }
        #expect(found.codes == ["misfit"])
    }

    @Test("another dictionary must call the values as the former one did")
    func otherDictionary() throws {
        let former = Self.dictionary(Self.options([("1", "高"), ("2", "低"), ("3", "中")]))
        let other = Self.state.replacing("up_d", with: "up_e")
        try install(Self.state, former)
        try save(["x": "1"], ["x": "1"], ["x": "2"], ["x": "3"])
        let sizes = Self.dictionary(Self.options([("1", "大"), ("2", "低"), ("3", "中")]), "up_e")
        let found = try objections { try install(other, former, sizes) }
        #expect(found.codes == ["other_meaning"])
        #expect(found.text.contains("2 records (such as thing/1)"))
        let same = Self.dictionary(Self.options([("h", "高"), ("2", "低"), ("3", "中")]), "up_e")
        try install(other, former, same)
        #expect(try values() == ["h", "h", "2", "3"])
    }

    @Test("labels that change places in what another plugin adds to a dictionary refuse its upgrade")
    func swappedInExtension() throws {
        try install(Self.state, Self.dictionary(Self.options([("a", "甲")])))
        try extend(Self.options([("more_m", "子"), ("more_n", "丑")]))
        try save(["x": "more_m"])
        let found = try objections { try extend(Self.options([("more_m", "丑"), ("more_n", "子")])) }
        #expect(found.codes == ["other_meaning"])
    }

    @Test("what an option was called is known when its plugin comes back")
    func comesBack() throws {
        let old = Self.options([("a", "甲"), ("b", "乙")])
        try install(Self.state, Self.dictionary(old))
        try extend(Self.options([("more_m", "子"), ("more_n", "丑")]))
        try save(["x": "a"], ["x": "more_m"])
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "more")))
        // A second installation meanwhile forgets nothing.
        try install(Self.state, Self.dictionary(old))
        let found = try objections { try extend(Self.options([("more_m", "丑"), ("more_n", "子")])) }
        #expect(found.codes == ["other_meaning"])
        try extend(Self.options([("more_m", "子"), ("more_n", "丑")]))
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "more")))
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "up")))
        let back = try objections {
            try install(Self.state, Self.dictionary(Self.options([("a", "乙"), ("b", "甲"), ("more_m", "子")])))
        }
        #expect(back.codes == ["other_meaning"])
        try install(Self.state, Self.dictionary(old + ", " + Self.options([("more_m", "子")])))
        #expect(try values() == ["a", "more_m"])
    }

    // MARK: - Texts that become options

    @Test("texts become the options that they name by label or alias, and those that name none are told")
    func textToOptions() throws {
        let text = #"{"name": "x", "label": "状态", "type": "text"}"#
        let options =
            #"{"value": "a", "label": {"zh-CN": "甲", "en": "First"}}, {"value": "b", "label": "乙", "aliases": ["老乙"]}"#
        try install(text)
        try save(["x": "甲"], ["x": "first"], ["x": "老乙"], ["x": "a"], ["x": "戊"], ["x": "戊"], ["x": "己"])
        let found = try objections { try install(Self.state, Self.dictionary(options)) }
        #expect(found.codes == ["misfit"])
        #expect(
            found.text.contains("the values of 3 records are no options of it, nor labels or aliases"),
            "\(found.text)"
        )
        #expect(found.text.contains("戊 ×2, 己 ×1 (such as thing/5 (戊), thing/7 (己)); 4 others can be converted"))
        #expect(!found.text.contains("retire"))
        let steps = try install(
            Self.state,
            Self.dictionary(options + #", {"value": "o", "label": "其他", "aliases": ["戊", "己"]}"#)
        )
        #expect(
            steps.contains(
                #"Change "x" of "thing" from text to picklist (up_d), converting the values of 6 records"#
            ),
            "\(steps)"
        )
        #expect(try values() == ["a", "a", "b", "a", "o", "o", "o"])
    }

    // MARK: - Labels of fields

    @Test("labels of fields that change places refuse the upgrade")
    func swappedFields() throws {
        func fields(_ x: String, _ y: String, _ type: String = "text") -> String {
            #"{"name": "x", "label": "\#(x)", "type": "text"}, {"name": "y", "label": "\#(y)", "type": "\#(type)"}"#
        }
        try install(fields("电话", "传真"))
        try save(["x": "1"], ["x": "2"])
        let found = try objections { try install(fields("传真", "电话")) }
        #expect(found.codes == ["other_meaning"], "y has no values")
        #expect(found.text.contains("2 records"))
        try install(fields("联系电话", "传真"))
    }

    @Test(
        "another unit in the label of a number refuses the upgrade",
        arguments: [
            ("金额（万元）", "金额（元）", false), ("金额（万元）", "金额", false), ("重量(kg)", "重量(t)", false),
            ("重量(kg)", "毛重（公斤）", true), ("金额", "金额（元）", true), ("面积(㎡)", "面积", true),
        ]
    )
    func units(_ old: String, _ new: String, _ isAllowed: Bool) throws {
        func amount(_ label: String) -> String {
            #"{"name": "x", "label": "\#(label)", "type": "decimal", "scale": 2}"#
        }
        try install(amount(old))
        try save(["x": "12.50"])
        let found = try objections { try install(amount(new)) }
        #expect(found.codes == (isAllowed ? [] : ["other_meaning"]))
        #expect(try values() == ["12.50"])
    }

    @Test(
        "a label that gives amounts another currency than their field's refuses the upgrade",
        arguments: [
            ("价格", "价格 (USD)", "CNY", false), ("价格", "价格 USD", "CNY", false), ("价格", "单价(美元)", "CNY", false),
            ("价格", "价格 ($)", "CNY", false), ("价格(USD)", "价格", "CNY", false), ("价格", "价格(€)", "CNY", false),
            ("价格", "价格(元)", "CNY", true), ("价格", "价格(¥)", "JPY", true), ("价格", "价格($)", "HKD", true),
            ("价格", "价格(USD)", "HKD", false), ("价格", "价格(元)", "TWD", true), ("价格($)", "单价($)", "CNY", true),
        ]
    )
    func currencies(_ old: String, _ new: String, _ code: String, _ isAllowed: Bool) throws {
        func amount(_ label: String) -> String {
            #"{"name": "x", "label": "\#(label)", "type": "currency", "currency": "\#(code)"}"#
        }
        try install(amount(old))
        try save(["x": "5"])
        let found = try objections { try install(amount(new)) }
        #expect(found.codes == (isAllowed ? [] : ["other_meaning"]))
    }

    @Test("a check names labels with another currency than their field's")
    func currencyReview() throws {
        try install(#"{"name": "x", "label": "价格(USD)", "type": "currency", "currency": "CNY"}"#)
        let warnings = Platform.reviewPlugin(folder: scratch.path + "/up").warnings.map { $0.text(in: .en) }
        #expect(warnings == [#"the label "价格(USD)" of x says USD, but the amounts are in CNY; change one of them"#])
    }

    @Test(
        "a check names currencies that there are not, once",
        arguments: [("RMB", "CNY"), ("XYZ", "CNY, USD, EUR, …")]
    )
    func unknownCurrency(_ code: String, _ advice: String) throws {
        try install(#"{"name": "x", "label": "价格", "type": "currency", "currency": "\#(code)"}"#)
        let warnings = Platform.reviewPlugin(folder: scratch.path + "/up").warnings.map { $0.text(in: .en) }
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("\"\(code)\" of x is no ISO 4217 code") == true)
        #expect(warnings.first?.hasSuffix("write \(advice)") == true)
    }

    // MARK: - Objects

    /// Installs one object.
    private func installObject(_ name: String, _ label: String, _ fields: [String]) throws {
        let list = fields.map { #"{"name": "\#($0)", "type": "text", "label": "\#($0)"}"# }.joined(separator: ", ")
        let folder = scratch.path + "/up"
        try? FileManager.default.removeItem(atPath: folder)
        let file = #"{"name": "\#(name)", "label": "\#(label)", "title_field": "a", "fields": [\#(list)]}"#
        try platform.installPlugin(.folder(scratch.plugin("up", ["objects/\(name).json": file])))
    }

    @Test("an object that gets another name refuses the upgrade while it has records")
    func renamedObject() throws {
        try installObject("ticket", "工单", ["a", "b", "c", "d"])
        try installObject("job", "工单", ["a", "b", "c", "d"])
        _ = try platform.write(as: .administrator, origin: .shell) { crm in
            try crm.create(TestSupport.object("job"), ["a": "1"])
        }
        for (label, fields) in [("工单", ["a"]), ("任务", ["a", "b", "c", "d"])] {
            let found = try objections { try installObject("task", label, fields) }
            #expect(found.codes == ["renamed"])
            #expect(found.text.contains(#"seems to be "job", which is dropped with 1 records"#))
        }
        try installObject("task", "任务", ["a", "b"])
    }

    // MARK: - Required fields

    @Test("the fixed default of a field that is required from now on fills the records that have none")
    func fills() throws {
        try install(#"{"name": "x", "label": "甲", "type": "text"}"#)
        try save(["x": "v"], [:], [:])
        let dictionary = Self.dictionary(Self.options([("a", "甲"), ("b", "乙")]))
        let steps = try install(
            #"""
            {"name": "x", "label": "甲", "type": "text", "required": true, "default": "w", "searchable": true},
            {"name": "y", "label": "乙", "type": "picklist", "dictionary": "up_d", "required": true, "default": "b"},
            {"name": "n", "label": "丙", "type": "decimal", "scale": 2, "required": true, "default": "0.50"}
            """#,
            dictionary
        )
        let start = "is required from now on: fill"
        #expect(steps.contains(#""x" of "thing" \#(start) 2 records that have none with the default "w""#), "\(steps)")
        #expect(steps.contains(#""y" of "thing" \#(start) 3 records that have none with the default "b (乙)""#))
        #expect(try values() == ["v", "w", "w"])
        #expect(try values("y") == ["b", "b", "b"])
        #expect(try values("n") == ["0.50", "0.50", "0.50"])
        #expect(try platform.search("w", as: .administrator).hits.count == 2)
        #expect(try platform.check().isEmpty)
    }

    @Test("a default that fills nothing is not advised: of the day, or of a value that only one may have")
    func fillsNothing() throws {
        try install(
            #"{"name": "x", "label": "甲", "type": "date"}, {"name": "u", "label": "乙", "type": "text", "unique": true}"#
        )
        try save([:])
        let found = try objections {
            try install(
                #"""
                {"name": "x", "label": "甲", "type": "date", "required": true, "default": "today()"},
                {"name": "u", "label": "乙", "type": "text", "unique": true, "required": true, "default": "v"}
                """#
            )
        }
        #expect(found.codes == ["required", "required"])
        #expect(found.text.contains("a fixed default, which the installation fills in (unless the field is unique"))
        let steps = try install(#"{"name": "z", "label": "丁", "type": "date", "required": true, "default": "today()"}"#)
        #expect(steps.contains { $0.contains("1 records that are there have none and stay so") }, "\(steps)")
        // Whoever knows nothing of the field may save the record; nobody may empty it.
        func update(_ input: RecordInput) throws {
            try platform.write(as: .administrator, origin: .shell) { crm in
                _ = try crm.update(RecordID(object: TestSupport.object("thing"), number: 1), input)
            }
        }
        try update(["name": "乙"])
        try update(["z": "2026-11-21"])
        #expect(refusal { try update(["z": ""]) }?.issues.map(\.code) == ["required"])
    }

    @Test("uninstalling and installing again the same dictionary is no change of meaning")
    func sameAgain() throws {
        let dictionary = Self.dictionary(Self.options([("a", "甲"), ("b", "乙")]))
        try install(Self.state, dictionary)
        try save(["x": "a"])
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "up")))
        try install(Self.state, dictionary)
        #expect(try values() == ["a"])
        // What was kept for the time between is not taken for what it is called now.
        try install(Self.state, Self.dictionary(Self.options([("a", "丙"), ("b", "乙")])))
        let found = try objections {
            try install(Self.state, Self.dictionary(Self.options([("a", "乙"), ("b", "丙")])))
        }
        #expect(found.codes == ["other_meaning"])
    }
}
