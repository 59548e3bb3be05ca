package import CRMModel
import CRMRecords

/// A Lua file of a plugin whose place says what it is: `hooks/customer/before_save.lua` is a hook.
///
/// This is all that is known of places: what is loaded, what a check follows and what errors say goes by it.
package struct PluginPlace {
    /// What a file is by its place, in the names that stand there.
    package enum Role: Hashable {
        case hook(object: String, event: String)
        case validator(object: String)
        /// The field is nil for the one auto-number field of the object.
        case code(object: String, field: String?)
        case report(String)
        case command(String)
        case template(String)

        /// Whether the file returns a function; else the table that defines something.
        package var givesFunction: Bool {
            switch self {
            case .hook, .validator, .code: true
            case .report, .command, .template: false
            }
        }

        /// The name that the place gives a report, command or template.
        package var name: String? {
            switch self {
            case .report(let name), .command(let name), .template(let name): name
            case .hook, .validator, .code: nil
            }
        }
    }

    /// The file within the plugin.
    package let path: String
    /// What it is.
    package let role: Role

    /// Finds what the place of a file says; nil when it says nothing, as of files in `lib/`.
    package init?(path: String) {
        guard path.hasSuffix(".lua") else { return nil }
        let parts = path.dropLast(".lua".count).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("hooks", 3), ("hooks", 4): role = .hook(object: parts[1], event: parts[2])
        case ("validators", 2), ("validators", 3): role = .validator(object: parts[1])
        case ("codes", 2): role = .code(object: parts[1], field: nil)
        case ("codes", 3): role = .code(object: parts[1], field: parts[2])
        case ("reports", 2): role = .report(parts[1])
        case ("commands", 2): role = .command(parts[1])
        case ("print", 3) where parts[2] == "data": role = .template(parts[1])
        default: return nil
        }
        self.path = path
    }

    /// The name by which the file is required.
    package var module: String { String(path.dropLast(".lua".count)).replacing("/", with: ".") }

    /// The folders in which places lie, with the form of the places there.
    package static let forms = [
        "hooks": "hooks/OBJECT/EVENT.lua", "validators": "validators/OBJECT.lua", "codes": "codes/OBJECT.lua",
        "reports": "reports/NAME.lua", "commands": "commands/NAME.lua", "print": "print/NAME/data.lua",
    ]

    /// What is wrong with the names of the place; nil when they are right.
    package func problem(in catalog: Catalog) -> Message? {
        switch role {
        case .hook(let object, let event):
            guard let known = Self.object(object, catalog) else { return Self.noObject(object, catalog) }
            guard let point = HookPoint(rawValue: event) else {
                let events = HookPoint.allCases.map(\.rawValue)
                return Message(
                    .placeNoEvent,
                    [
                        "name": .text(event), "hint": LuaReview.near(event, events),
                        "known": .text(events.joined(separator: ", ")),
                    ]
                )
            }
            guard point != .stageChanged || known.stages != nil else {
                return Message(.placeNoStages, ["object": .text(object)])
            }
            return nil
        case .validator(let object):
            return Self.object(object, catalog) == nil ? Self.noObject(object, catalog) : nil
        case .code(let object, let field): return Self.problem(ofCode: object, field, catalog)
        case .report(let name), .command(let name), .template(let name):
            guard ElementName(rawValue: name) == nil else { return nil }
            return MetadataNode.refusal(of: name, as: ElementName.self)
        }
    }

    private static func problem(ofCode object: String, _ field: String?, _ catalog: Catalog) -> Message? {
        guard let known = Self.object(object, catalog) else { return noObject(object, catalog) }
        let fields = codeFields(known)
        let words: [String: Message.Argument] = [
            "object": .text(object), "fields": .text(fields.joined(separator: ", ")),
        ]
        guard let field else {
            guard fields.count != 1 else { return nil }
            return Message(fields.isEmpty ? .placeNoCodeField : .placeManyCodeFields, words)
        }
        guard !fields.contains(field) else { return nil }
        let near: [String: Message.Argument] = ["name": .text(field), "hint": LuaReview.near(field, fields)]
        return Message(.placeOtherField, words.merging(near) { $1 })
    }

    /// The field whose codes a file makes.
    package func codeField(in catalog: Catalog) -> String? {
        guard case .code(let object, let field) = role else { return nil }
        return field ?? Self.object(object, catalog).flatMap { Self.codeFields($0).first }
    }

    private static func codeFields(_ object: ObjectDefinition) -> [String] {
        object.fields.filter { field in
            if case .autoNumber = field.type { return true }
            return false
        }.map(\.name.rawValue)
    }

    private static func object(_ name: String, _ catalog: Catalog) -> ObjectDefinition? {
        ObjectName(rawValue: name).flatMap { catalog.objects[$0] }
    }

    private static func noObject(_ name: String, _ catalog: Catalog) -> Message {
        let hint = LuaReview.near(name, catalog.objects.keys.map(\.rawValue).sorted())
        return Message(.reviewNoObject, ["name": .text(name), "hint": hint])
    }
}

extension PluginPackage {
    /// Whether its files are found by their places.
    ///
    /// Plugins of the first interface that have a `main.lua` are wired by that alone, as when they were written: what lies at
    /// places by chance is theirs.
    package var isWiredByPlaces: Bool { manifest.api >= PluginManifest.apiOfPlaces || files["main.lua"] == nil }

    /// The files that are found by their places, in the order in which they are loaded: by path, so `before_save.lua` goes
    /// before what lies in `before_save/`.
    package var places: [PluginPlace] {
        guard isWiredByPlaces else { return [] }
        return files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { PluginPlace(path: $0) }
    }
}

extension MessageKey {
    package static let placeNoEvent = MessageKey(
        "place.no_event",
        zhCN: "hooks/对象/ 里的文件以事件命名，没有事件「{name}」（有：{known}）{hint}",
        zhTW: "hooks/物件/ 裡的檔案以事件命名，沒有事件「{name}」（有：{known}）{hint}",
        en: "files in hooks/OBJECT/ are named after events; there is no event \"{name}\" (there are: {known}){hint}"
    )
    package static let placeNoStages = MessageKey(
        "place.no_stages",
        zhCN: "对象「{object}」没有阶段，stage_changed 不会发生；请在它的 JSON 文件里声明 stages",
        zhTW: "物件「{object}」沒有階段，stage_changed 不會發生；請在它的 JSON 檔案裡宣告 stages",
        en: "the object \"{object}\" has no stages, so stage_changed never happens; declare stages in its JSON file"
    )
    package static let placeNoCodeField = MessageKey(
        "place.no_code_field",
        zhCN: "对象「{object}」没有 auto_number 字段，不需要编码规则；请加上字段或删去这个文件",
        zhTW: "物件「{object}」沒有 auto_number 欄位，不需要編碼規則；請加上欄位或刪去這個檔案",
        en: "the object \"{object}\" has no auto_number field that codes could be made for; add one or remove the file"
    )
    package static let placeManyCodeFields = MessageKey(
        "place.many_code_fields",
        zhCN: "对象「{object}」有几个 auto_number 字段：{fields}。请把文件放到 codes/{object}/字段.lua",
        zhTW: "物件「{object}」有幾個 auto_number 欄位：{fields}。請把檔案放到 codes/{object}/欄位.lua",
        en:
            "the object \"{object}\" has several auto_number fields: {fields}. Move the file to codes/{object}/FIELD.lua"
    )
    package static let placeOtherField = MessageKey(
        "place.other_field",
        zhCN: "「{name}」不是对象「{object}」的 auto_number 字段（有：{fields}）{hint}",
        zhTW: "「{name}」不是物件「{object}」的 auto_number 欄位（有：{fields}）{hint}",
        en: "\"{name}\" is no auto_number field of the object \"{object}\" (there are: {fields}){hint}"
    )
}
