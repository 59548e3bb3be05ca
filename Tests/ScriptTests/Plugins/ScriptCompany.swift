import CRMModel
import Foundation
import TestSupport

@testable import CRMPlatform

/// A company in memory with small plugins made of files, for tests of what scripts do.
final class ScriptCompany {
    let folder: ScratchFolder
    let platform: Platform

    /// An object with a field of each kind that scripts meet.
    static let deal = """
        {"name": "deal", "label": {"zh-CN": "商机", "zh-TW": "商機", "en": "Deal"}, "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "required": true},
          {"name": "amount", "type": "decimal", "scale": 2, "label": "金额"},
          {"name": "quantity", "type": "integer", "label": "数量"},
          {"name": "due", "type": "date", "label": "到期"},
          {"name": "is_open", "type": "boolean", "label": "未结"},
          {"name": "stage", "type": "picklist", "dictionary": "stage", "label": "阶段"},
          {"name": "owner", "type": "reference", "object": "person", "label": "负责人"},
          {"name": "code", "type": "auto_number", "code_rule": "deal", "label": "编号"}],
         "code_rules": [{"name": "deal", "field": "code", "pattern": "D-{seq:4}"}]}
        """
    static let person = """
        {"name": "person", "label": {"zh-CN": "人员", "zh-TW": "人員", "en": "Person"}, "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "姓名", "required": true},
          {"name": "deals", "type": "children", "object": "deal", "via": "owner", "label": "商机"}]}
        """
    static let stage = """
        {"name": "stage", "label": "阶段", "options": [
          {"value": "new", "label": {"zh-CN": "新建", "zh-TW": "新建", "en": "New"}},
          {"value": "won", "label": {"zh-CN": "赢单", "zh-TW": "贏單", "en": "Won"}}]}
        """
    static let metadata = [
        "objects/deal.json": deal, "objects/person.json": person, "dictionaries/stage.json": stage,
    ]

    /// Makes a company with one plugin of the metadata above, with `main` as its code and further files.
    init(
        _ main: String = "",
        _ files: [String: String] = [:],
        language: Language = .en,
        access: any AccessPolicy = OpenAccess()
    ) throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        options.language = language
        options.access = access
        platform = try Platform.inMemory(options: options)
        try install(main, files)
    }

    /// Installs the plugin again with other code.
    func install(_ main: String, _ files: [String: String] = [:]) throws {
        let all = Self.metadata.merging(files) { $1 }.merging(["main.lua": main]) { $1 }
        try platform.installPlugin(.folder(folder.plugin("demo", all)))
    }

    /// Installs a further plugin that needs the first.
    func installOther(_ main: String, _ files: [String: String] = [:]) throws {
        let manifest = """
            {"id":"other","version":"1.0.0","api":1,"type":"module","title":"other","depends":{"demo":"^1.0.0"}}
            """
        let all = ["plugin.json": manifest, "main.lua": main].merging(files) { $1 }
        try platform.installPlugin(.folder(folder.plugin("other", all)))
    }

    /// Runs a script and gives what it printed.
    @discardableResult
    func run(_ script: String) throws -> [String] {
        let lines = Lines()
        try platform.runScript(script, name: "script.lua", as: .administrator) { lines.append($0) }
        return lines.all
    }

    /// The error that a script ends with.
    func failure(_ script: String) -> PlatformError? {
        do {
            try run(script)
            return nil
        } catch {
            return error as? PlatformError
        }
    }

    /// How many records of an object there are.
    func count(_ name: String) throws -> Int {
        try platform.read(as: .administrator) { session in try Int(session.count(object(name))) }
    }
}

/// Lines that a script prints, on whichever thread.
final class Lines: @unchecked Sendable {
    // Guarded by `lock`.
    private var lines: [String] = []
    private let lock = NSLock()

    func append(_ line: String) { lock.withLock { lines.append(line) } }
    var all: [String] { lock.withLock { lines } }
}

/// The error that `body` throws, nil when it throws none.
func refusal<T>(_ body: () throws -> T) -> PlatformError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? PlatformError
    }
}
