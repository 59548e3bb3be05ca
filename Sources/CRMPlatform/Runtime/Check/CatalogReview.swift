import CRMModel
import CRMOutput
import CRMScripting

/// Looks for names that people cannot tell apart, and for what is never shown or used.
///
/// None of it stops an installation.
struct CatalogReview {
    let package: PluginPackage
    let catalog: Catalog
    /// Whether the code of a plugin gives the codes of a field.
    let hasCode: (ObjectName, FieldName) -> Bool

    private var plugin: PluginID { package.manifest.id }

    /// What is worth a look, each with its file.
    func warnings() -> [PlatformError] {
        var found = twins(of: catalog.sortedObjects.map { ($0.name.rawValue, $0.label, $0.plugin == plugin) }) {
            names in
            (Message(.reviewSameObject, names), nil)
        }
        for object in catalog.sortedObjects {
            let file = object.plugin == plugin ? "objects/\(object.name).json" : "objects/\(object.name).extend.json"
            found += fieldWarnings(object, file)
            guard object.plugin == plugin else { continue }
            if object.titleField == SystemField.id.name {
                found.append(warning(.reviewNoTitle, ["object": .text(object.name.rawValue)], file))
            }
        }
        for layout in catalog.layouts where layout.plugin == plugin && layout.kind == .list {
            guard let object = catalog.objects[layout.object] else { continue }
            for name in layout.fields where object.field(name)?.storage == FieldStorage.none {
                found.append(
                    warning(.reviewChildrenInList, ["field": .text(name.rawValue)], "layouts/\(object.name)/list.json")
                )
            }
        }
        for layout in catalog.layouts where layout.plugin == plugin && layout.kind == .detail {
            found += hiddenFields(layout)
        }
        return found + dictionaryWarnings()
    }

    /// Fields of the plugin's own that the sheet of a record does not show.
    private func hiddenFields(_ layout: Layout) -> [PlatformError] {
        guard let object = catalog.objects[layout.object], object.plugin == plugin else { return [] }
        let shown = Set(catalog.layout(.detail, of: object.name)?.sections.flatMap(\.fields) ?? [])
        let hidden = object.fields.filter { field in
            !field.isSystem && field.storage != .none && field.plugin == plugin && !shown.contains(field.name)
        }
        guard !hidden.isEmpty else { return [] }
        let names = hidden.map { LocalizedText.named($0.name.rawValue, $0.label) }
        return [
            warning(
                .reviewNotShown,
                ["fields": .label(.list(names, limit: 20))],
                "layouts/\(object.name)/detail.json"
            )
        ]
    }

    private func fieldWarnings(_ object: ObjectDefinition, _ file: String) -> [PlatformError] {
        let own = object.fields.filter { !$0.isSystem }
        var found = twins(of: own.map { ($0.name.rawValue, $0.label, $0.plugin == plugin) }) { names in
            (Message(.reviewSameField, names.merging(["object": .text(object.name.rawValue)]) { $1 }), file)
        }
        found += foreignNames(own, file)
        for field in own where field.plugin == plugin {
            for system in object.fields where system.isSystem {
                guard let text = sharedLabel(field.label, system.label) else { continue }
                found.append(
                    warning(
                        .reviewSystemLabel,
                        [
                            "field": .text(field.name.rawValue), "label": .text(text),
                            "system": .text(system.name.rawValue),
                        ],
                        file
                    )
                )
            }
            if case .currency(let code, _) = field.type, CurrencyMark(code)?.code != code {
                found.append(
                    warning(
                        .reviewUnknownCurrency,
                        [
                            "field": .text(field.name.rawValue), "currency": .text(code),
                            "known": .text(CurrencyMark(code)?.code ?? "CNY, USD, EUR, …"),
                        ],
                        file
                    )
                )
            }
            for text in Set(field.label.texts.values).sorted() {
                guard case .currency(let code, _) = field.type,
                    let named = HeadingUnit.foreignCurrency(in: text, field.type)
                else { continue }
                found.append(
                    warning(
                        .reviewForeignCurrency,
                        [
                            "field": .text(field.name.rawValue), "label": .text(text), "named": .text(named),
                            "currency": .text(code),
                        ],
                        file
                    )
                )
            }
            if case .autoNumber = field.type, object.codeRule(of: field) == nil, !hasCode(object.name, field.name) {
                found.append(warning(.reviewNoRule, ["field": .text(field.name.rawValue)], file))
            }
        }
        return found
    }

    /// Labels that the name of another field answers to, or its label in another language, when one of the two is of this plugin.
    private func foreignNames(_ fields: [FieldDefinition], _ file: String) -> [PlatformError] {
        let heading = ComparableForm.heading
        var found: [PlatformError] = []
        for field in fields {
            var told: Set<FieldName> = []
            for (language, text) in field.label.texts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                let form = heading.form(of: text)
                for other in fields where other.name != field.name && (field.plugin == plugin || other.plugin == plugin)
                {
                    let labels = other.label.texts.filter { $0.key.rawValue > language.rawValue }.values
                    guard other.name.rawValue == form || labels.contains(where: { heading.form(of: $0) == form }),
                        sharedLabel(field.label, other.label) == nil, told.insert(other.name).inserted
                    else { continue }
                    found.append(
                        warning(
                            .reviewForeignName,
                            [
                                "field": .text(field.name.rawValue), "label": .text(text),
                                "other": .text(other.name.rawValue), "language": .text(language.rawValue),
                            ],
                            file
                        )
                    )
                }
            }
        }
        return found
    }

    private func dictionaryWarnings() -> [PlatformError] {
        var used: Set<ElementName> = []
        for object in catalog.objects.values {
            for case .picklist(let name) in object.fields.map(\.type) { used.insert(name) }
        }
        var found: [PlatformError] = []
        for set in catalog.dictionaries.values.sorted(by: { $0.name < $1.name }) where set.plugin == plugin {
            let file = "dictionaries/\(set.name).json"
            if !used.contains(set.name) {
                found.append(warning(.reviewUnusedDictionary, ["name": .text(set.name.rawValue)], file))
            }
            for option in set.options {
                for text in Set(option.label.texts.values).sorted() {
                    guard let other = set.option(text), other.value != option.value else { continue }
                    found.append(
                        warning(
                            .reviewOptionValue,
                            ["label": .text(text), "first": .text(option.value), "second": .text(other.value)],
                            file
                        )
                    )
                }
            }
            var told: Set<String> = []
            for (index, option) in set.options.enumerated() {
                for other in set.options.dropFirst(index + 1) {
                    // Options of different values above them are never offered together.
                    guard
                        option.parents.isEmpty || other.parents.isEmpty
                            || !Set(option.parents).isDisjoint(with: other.parents),
                        let text = sharedLabel(option.label, other.label), told.insert(text).inserted
                    else { continue }
                    found.append(
                        warning(
                            .reviewSameOption,
                            ["label": .text(text), "first": .text(option.value), "second": .text(other.value)],
                            file
                        )
                    )
                }
            }
        }
        return found
    }

    /// Pairs with one label in a language, when one of the two is of this plugin.
    private func twins(
        of items: [(name: String, label: LocalizedText, isOwn: Bool)],
        _ message: ([String: Message.Argument]) -> (Message, String?)
    ) -> [PlatformError] {
        var seen: [String: (name: String, isOwn: Bool)] = [:]
        var told: Set<String> = []
        var found: [PlatformError] = []
        for item in items {
            for (language, text) in item.label.texts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                let key = "\(language.rawValue) \(TextNormalisation.searchForm(text))"
                guard let other = seen[key] else {
                    seen[key] = (item.name, item.isOwn)
                    continue
                }
                guard other.name != item.name, item.isOwn || other.isOwn,
                    told.insert("\(other.name) \(item.name)").inserted
                else { continue }
                let (words, file) = message([
                    "label": .text(text), "first": .text(other.name), "second": .text(item.name),
                    "language": .text(language.rawValue),
                ])
                found.append(
                    PlatformError(.invalidPlugin, words, context: ErrorContext(plugin: plugin, file: file ?? "objects"))
                )
            }
        }
        return found
    }

    /// A text that two labels have in the same language.
    private func sharedLabel(_ first: LocalizedText, _ second: LocalizedText) -> String? {
        for language in Language.allCases {
            guard let text = first.texts[language], let other = second.texts[language] else { continue }
            if TextNormalisation.searchForm(text) == TextNormalisation.searchForm(other) { return text }
        }
        return nil
    }

    private func warning(_ key: MessageKey, _ words: [String: Message.Argument], _ file: String) -> PlatformError {
        PlatformError(.invalidPlugin, Message(key, words), context: ErrorContext(plugin: plugin, file: file))
    }
}

extension MessageKey {
    static let reviewSameObject = MessageKey(
        "review.same_object",
        zhCN: "对象 {first} 和 {second} 的标签（{language}）都是「{label}」，人们分不清",
        zhTW: "物件 {first} 和 {second} 的標籤（{language}）都是「{label}」，人們分不清",
        en: "the objects {first} and {second} are both labelled \"{label}\" ({language}); people cannot tell them apart"
    )
    static let reviewSameField = MessageKey(
        "review.same_field",
        zhCN: "对象 {object} 的字段 {first} 和 {second} 的标签（{language}）都是「{label}」，按标签分不清，只能用英文名",
        zhTW: "物件 {object} 的欄位 {first} 和 {second} 的標籤（{language}）都是「{label}」，按標籤分不清，只能用英文名",
        en:
            "the fields {first} and {second} of {object} are both labelled \"{label}\" ({language}); "
            + "the label is refused, and only their names find them"
    )
    static let reviewSameOption = MessageKey(
        "review.same_option",
        zhCN: "选项 {first} 和 {second} 的标签都是「{label}」，按标签分不清，只能写存储值",
        zhTW: "選項 {first} 和 {second} 的標籤都是「{label}」，按標籤分不清，只能寫儲存值",
        en: "the options {first} and {second} are both labelled \"{label}\"; the label is refused, write their values"
    )
    static let reviewForeignName = MessageKey(
        "review.foreign_name",
        zhCN: "字段 {field} 的标签「{label}」（{language}）也是字段 {other} 的名称，人们会弄错；请改标签",
        zhTW: "欄位 {field} 的標籤「{label}」（{language}）也是欄位 {other} 的名稱，人們會弄錯；請改標籤",
        en: "the label \"{label}\" ({language}) of {field} is what {other} goes by as well; change the label"
    )
    static let reviewOptionValue = MessageKey(
        "review.option_value",
        zhCN: "选项 {first} 的标签「{label}」是选项 {second} 的存储值，写「{label}」得到的是 {second}；请改标签",
        zhTW: "選項 {first} 的標籤「{label}」是選項 {second} 的儲存值，寫「{label}」得到的是 {second}；請改標籤",
        en:
            "the label \"{label}\" of the option {first} is the stored value of {second}, and whoever writes \"{label}\" gets "
            + "{second}; change the label"
    )
    static let reviewSystemLabel = MessageKey(
        "review.system_label",
        zhCN: "字段 {field} 的标签「{label}」与平台的 {system} 相同；按标签找到的是 {field}，要看 {system} 请写它的英文名",
        zhTW: "欄位 {field} 的標籤「{label}」與平台的 {system} 相同；按標籤找到的是 {field}，要看 {system} 請寫它的英文名",
        en:
            "the field {field} is labelled \"{label}\" like the platform's {system}; the label means {field}, "
            + "{system} goes by its own name"
    )
    static let reviewForeignCurrency = MessageKey(
        "review.foreign_currency",
        zhCN: "字段 {field} 的标签「{label}」说的是 {named}，而金额是 {currency}；请改标签，或改 currency",
        zhTW: "欄位 {field} 的標籤「{label}」說的是 {named}，而金額是 {currency}；請改標籤，或改 currency",
        en: "the label \"{label}\" of {field} says {named}, but the amounts are in {currency}; change one of them"
    )
    static let reviewUnknownCurrency = MessageKey(
        "review.unknown_currency",
        zhCN: "字段 {field} 的货币「{currency}」不是 ISO 4217 代码，写了货币的金额都会被拒绝；请改成 {known}",
        zhTW: "欄位 {field} 的貨幣「{currency}」不是 ISO 4217 代碼，寫了貨幣的金額都會被拒絕；請改成 {known}",
        en: "the currency \"{currency}\" of {field} is no ISO 4217 code, so amounts that name a currency are refused; "
            + "write {known}"
    )
    static let reviewNotShown = MessageKey(
        "review.not_shown",
        zhCN: "这个布局没有列出字段 {fields}，show 就不显示它们；要显示请加进某一节",
        zhTW: "這個版面沒有列出欄位 {fields}，show 就不顯示它們；要顯示請加進某一節",
        en:
            "the layout does not list the fields {fields}, so show does not show them; add them to a section to have them shown"
    )
    static let reviewNoTitle = MessageKey(
        "review.no_title",
        zhCN: "没有标题字段，记录显示为 {object}/1；请写 title_field 或加一个 name 字段",
        zhTW: "沒有標題欄位，記錄顯示為 {object}/1；請寫 title_field 或加一個 name 欄位",
        en: "there is no title field, so records are shown as {object}/1; give a title_field or a field called name"
    )
    static let reviewChildrenInList = MessageKey(
        "review.children_in_list",
        zhCN: "列表布局里的「{field}」是子表，不会显示；请从 columns 里删去",
        zhTW: "列表版面裡的「{field}」是子表，不會顯示；請從 columns 裡刪去",
        en: "\"{field}\" holds child rows, which a list does not show; remove it from columns"
    )
    static let reviewNoRule = MessageKey(
        "review.no_rule",
        zhCN: "自动编号字段「{field}」没有编码规则，记录不会有编号；请写 code_rules 或 crm.code_rule",
        zhTW: "自動編號欄位「{field}」沒有編碼規則，記錄不會有編號；請寫 code_rules 或 crm.code_rule",
        en:
            "nothing gives codes to the auto_number \"{field}\", so records have none; write code_rules or crm.code_rule"
    )
    static let reviewUnusedDictionary = MessageKey(
        "review.unused_dictionary",
        zhCN: "字典「{name}」没有被任何字段用到",
        zhTW: "字典「{name}」沒有被任何欄位用到",
        en: "no field uses the dictionary \"{name}\""
    )
}
