import CRMModel
import CRMScripting

/// What a change of metadata means besides the tables: labels, properties, rules, options, layouts.
struct CatalogChanges {
    let before: Catalog
    let after: Catalog

    /// What changes in objects, dictionaries and layouts that are there before and after, in words.
    var messages: [Message] {
        var found: [Message] = []
        for object in after.sortedObjects {
            guard let old = before.objects[object.name] else { continue }
            found += changes(of: old, object)
        }
        for set in after.dictionaries.values.sorted(by: { $0.name < $1.name }) {
            if let old = before.dictionaries[set.name] { found += changes(of: old, set) }
        }
        return found + layoutChanges
    }

    // MARK: - Objects

    private func changes(of old: ObjectDefinition, _ new: ObjectDefinition) -> [Message] {
        let place = new.name.rawValue
        var found = compare(place, "label", old.label, new.label)
        found += compare(place, "title_field", old.titleField.rawValue, new.titleField.rawValue)
        for field in new.fields where !field.isSystem {
            if let former = old.field(field.name) { found += changes(of: former, field, in: place) }
        }
        found += compare(place, .planCodeRule, old.codeRules, new.codeRules) { $0.name.rawValue }
        found += compare(place, .planValidationRule, old.validationRules, new.validationRules) { $0.name.rawValue }
        found += compare(place, .planDuplicateRule, old.duplicateRules, new.duplicateRules) { $0.name.rawValue }
        let stages = [old.stages, new.stages].map { $0.map { [$0] } ?? [] }
        return found + compare(place, .planStages, stages[0], stages[1]) { $0.field.rawValue }
    }

    private func changes(of old: FieldDefinition, _ new: FieldDefinition, in object: String) -> [Message] {
        let place = "\(object).\(new.name)"
        var found = compare(place, "label", old.label, new.label)
        found += compare(place, "help", old.help ?? LocalizedText([:]), new.help ?? LocalizedText([:]))
        found += compare(place, "type", old.type.shown, new.type.shown)
        found += compare(place, "on_delete", Self.deletion(old.type), Self.deletion(new.type))
        found += compare(place, "required", "\(old.isRequired)", "\(new.isRequired)")
        found += compare(place, "unique", "\(old.isUnique)", "\(new.isUnique)")
        found += compare(place, "searchable", "\(old.isSearchable)", "\(new.isSearchable)")
        found += compare(place, "audit", "\(old.isAudited)", "\(new.isAudited)")
        found += compare(place, "default", Self.text(old.defaultValue), Self.text(new.defaultValue))
        found += compare(place, "max_length", old.maxLength.map(String.init), new.maxLength.map(String.init))
        found += compare(place, "min", old.minimum?.displayText, new.minimum?.displayText)
        found += compare(place, "max", old.maximum?.displayText, new.maximum?.displayText)
        found += compare(place, "pattern", old.pattern, new.pattern)
        found += compare(place, "depends_on", old.dependsOn?.rawValue, new.dependsOn?.rawValue)
        found += compare(place, "code_rule", old.codeRule?.rawValue, new.codeRule?.rawValue)
        return found
            + compare(place, "aliases", old.aliases.joined(separator: ", "), new.aliases.joined(separator: ", "))
    }

    private static func deletion(_ type: FieldType) -> String? {
        if case .reference(_, let rule) = type { rule.rawValue } else { nil }
    }

    private static func text(_ value: DefaultValue?) -> String? {
        switch value {
        case .value(let value)?: value.displayText
        case .today?: "today()"
        case .now?: "now()"
        case .me?: "me()"
        case nil: nil
        }
    }

    // MARK: - Dictionaries and layouts

    private func changes(of old: PicklistSet, _ new: PicklistSet) -> [Message] {
        compare(new.name.rawValue, "label", old.label, new.label)
            + compare(new.name.rawValue, .planOption, old.options, new.options) { $0.value }
    }

    private var layoutChanges: [Message] {
        func text(_ layout: Layout) -> String { "\(layout.object)/\(layout.kind.rawValue)" }
        func inForce(_ catalog: Catalog) -> [Layout] {
            var last: [String: Layout] = [:]
            for layout in catalog.layouts { last[text(layout)] = layout }
            return last.sorted { $0.key < $1.key }.map(\.value)
                .filter { before.objects[$0.object] != nil && after.objects[$0.object] != nil }
        }
        return compare(nil, .planLayout, inForce(before), inForce(after), text)
    }

    // MARK: - Comparing

    private func compare(_ place: String, _ property: String, _ old: String?, _ new: String?) -> [Message] {
        guard (old ?? "") != (new ?? "") else { return [] }
        return [
            Message(
                .planProperty,
                [
                    "place": .text(place), "property": .text(property),
                    "old": .text(old.flatMap { $0.isEmpty ? nil : $0 } ?? "—"),
                    "new": .text(new.flatMap { $0.isEmpty ? nil : $0 } ?? "—"),
                ]
            )
        ]
    }

    private func compare(_ place: String, _ property: String, _ old: LocalizedText, _ new: LocalizedText) -> [Message] {
        guard old != new else { return [] }
        return [
            Message(
                .planProperty,
                [
                    "place": .text(place), "property": .text(property),
                    "old": old.texts.isEmpty ? "—" : .label(old), "new": new.texts.isEmpty ? "—" : .label(new),
                ]
            )
        ]
    }

    private func compare<Item: Equatable>(
        _ place: String?,
        _ kind: MessageKey,
        _ old: [Item],
        _ new: [Item],
        _ name: (Item) -> String
    ) -> [Message] {
        var found: [Message] = []
        func tell(_ key: MessageKey, _ item: Item) {
            found.append(
                Message(
                    key,
                    [
                        "place": place.map { .message(Message(.planPlace, ["place": .text($0)])) } ?? "",
                        "kind": .message(Message(kind)), "name": .text(name(item)),
                    ]
                )
            )
        }
        for item in new {
            guard let former = old.first(where: { name($0) == name(item) }) else {
                tell(.planAdded, item)
                continue
            }
            if former != item { tell(.planChanged, item) }
        }
        for item in old where !new.contains(where: { name($0) == name(item) }) { tell(.planRemoved, item) }
        return found
    }
}

extension PluginPackage {
    /// How the files besides metadata differ from those of another version: code, pages, texts, data.
    func changes(from former: PluginPackage) -> [Message] {
        func others(_ package: PluginPackage) -> [String: [UInt8]] {
            package.storedFiles.filter { !MetadataLayer.isMetadata(path: $0.key) && $0.key != "plugin.json" }
        }
        let old = others(former)
        let new = others(self)
        let changed = new.filter { old[$0.key] != nil && old[$0.key] != $0.value }.keys.sorted()
        let added = new.keys.filter { old[$0] == nil }.sorted()
        let removed = old.keys.filter { new[$0] == nil }.sorted()
        let parts = [(MessageKey.planFilesAdded, added), (.planFilesChanged, changed), (.planFilesRemoved, removed)]
            .filter { !$0.1.isEmpty }
            .map { key, files in
                let names = files.prefix(5).joined(separator: ", ") + (files.count > 5 ? ", …" : "")
                return Message(key, ["files": .text(names)])
            }
        guard var told = parts.last else { return [] }
        for part in parts.dropLast().reversed() {
            told = Message(.planFilesList, ["first": .message(part), "rest": .message(told)])
        }
        return [Message(.planFiles, ["plugin": .text(manifest.id.rawValue), "files": .message(told)])]
    }
}

extension MessageKey {
    static let planPlace = MessageKey("plan.place", zhCN: "{place}：", zhTW: "{place}：", en: "{place}: ")
    static let planProperty = MessageKey(
        "plan.property",
        zhCN: "{place}：{property} 由「{old}」改为「{new}」",
        zhTW: "{place}：{property} 由「{old}」改為「{new}」",
        en: "{place}: change {property} from \"{old}\" to \"{new}\""
    )
    static let planAdded = MessageKey(
        "plan.added",
        zhCN: "{place}增加{kind}「{name}」",
        zhTW: "{place}增加{kind}「{name}」",
        en: "{place}add the {kind} \"{name}\""
    )
    static let planChanged = MessageKey(
        "plan.changed",
        zhCN: "{place}修改{kind}「{name}」",
        zhTW: "{place}修改{kind}「{name}」",
        en: "{place}change the {kind} \"{name}\""
    )
    static let planRemoved = MessageKey(
        "plan.removed",
        zhCN: "{place}去掉{kind}「{name}」",
        zhTW: "{place}去掉{kind}「{name}」",
        en: "{place}remove the {kind} \"{name}\""
    )
    static let planFiles = MessageKey(
        "plan.files",
        zhCN: "插件 {plugin} 的代码、页面和文字：{files}",
        zhTW: "外掛 {plugin} 的程式碼、頁面和文字：{files}",
        en: "Code, pages and texts of {plugin}: {files}"
    )
    static let planFilesAdded = MessageKey(
        "plan.files_added",
        zhCN: "新增 {files}",
        zhTW: "新增 {files}",
        en: "new {files}"
    )
    static let planFilesChanged = MessageKey(
        "plan.files_changed",
        zhCN: "修改 {files}",
        zhTW: "修改 {files}",
        en: "changed {files}"
    )
    static let planFilesRemoved = MessageKey(
        "plan.files_removed",
        zhCN: "删去 {files}",
        zhTW: "刪去 {files}",
        en: "removed {files}"
    )
    static let planFilesList = MessageKey(
        "plan.files_list",
        zhCN: "{first}；{rest}",
        zhTW: "{first}；{rest}",
        en: "{first}; {rest}"
    )
    static let planSameVersion = MessageKey(
        "plan.same_version",
        zhCN: "注意：插件 {plugin} 的版本号仍是 {version}，内容却与已安装的不同",
        zhTW: "注意：外掛 {plugin} 的版本號仍是 {version}，內容卻與已安裝的不同",
        en: "Note: {plugin} still has the version {version}, but its contents differ from what is installed"
    )
    static let planNothing = MessageKey(
        "plan.nothing",
        zhCN: "插件 {plugin} {version} 的内容与已安装的完全相同",
        zhTW: "外掛 {plugin} {version} 的內容與已安裝的完全相同",
        en: "{plugin} {version} is just what is installed"
    )
    static let planCounter = MessageKey(
        "plan.counter",
        zhCN: "{place}：编码规则「{rule}」接着已有的编码往下编号",
        zhTW: "{place}：編碼規則「{rule}」接著已有的編碼往下編號",
        en: "{place}: the code rule \"{rule}\" goes on behind the codes that are there"
    )
    static let planCodeRule = MessageKey("plan.word_code_rule", zhCN: "编码规则", zhTW: "編碼規則", en: "code rule")
    static let planValidationRule = MessageKey(
        "plan.word_validation_rule",
        zhCN: "校验规则",
        zhTW: "校驗規則",
        en: "validation rule"
    )
    static let planDuplicateRule = MessageKey(
        "plan.word_duplicate_rule",
        zhCN: "查重规则",
        zhTW: "查重規則",
        en: "duplicate rule"
    )
    static let planStages = MessageKey("plan.word_stages", zhCN: "阶段", zhTW: "階段", en: "stages of")
    static let planOption = MessageKey("plan.word_option", zhCN: "选项", zhTW: "選項", en: "option")
    static let planLayout = MessageKey("plan.word_layout", zhCN: "布局", zhTW: "版面", en: "layout")
}
