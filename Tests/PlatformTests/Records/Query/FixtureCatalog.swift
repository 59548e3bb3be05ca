import CRMModel
import Testing

/// The metadata of the fixture.
enum FixtureCatalog {
    static func make() throws -> Catalog {
        let grade = try #require(ElementName(rawValue: "grade"))
        let status = try #require(ElementName(rawValue: "status"))
        let district = try #require(ElementName(rawValue: "district"))
        let region = try object(
            "region",
            "地区",
            [
                try make("title", .text, "名称"), try make("level", .integer, "级次"),
                try make("budget", .currency(code: "CNY", scale: 2), "预算"), try make("short", .text, "简称"),
            ],
            title: "title",
            indexes: [IndexDefinition(fields: [try fieldName("short")], isUnique: false)]
        )
        let customer = try object(
            "customer",
            "客户",
            [
                try make("name", .text, "名称", ["公司名称"]), try make("grade", .picklist(dictionary: grade), "级别"),
                try make("status", .picklist(dictionary: status), "状态"),
                try make("district", .picklist(dictionary: district), "区县"),
                try make("area", .decimal(scale: 2), "面积"),
                try make("credit", .currency(code: "CNY", scale: 2), "信用额度"),
                try make("score", .decimal(scale: 4), "评分"), try make("rate", .percent(scale: 1), "折扣"),
                try make("visits", .integer, "拜访次数"), try make("active", .boolean, "有效"),
                try make("born", .date, "成立日期"), try make("visited", .dateTime, "最近拜访"),
                try make("note", .longText, "备注"),
                try make("parent", .reference(to: try objectName("customer"), onDelete: .clear), "上级"),
                try make("region", .reference(to: try objectName("region"), onDelete: .clear), "地区"),
                try make(
                    "subsidiaries",
                    .children(object: try objectName("customer"), via: try fieldName("parent")),
                    "下级"
                ),
                try make("owner", .integer, "负责人"),
            ],
            title: "name",
            indexes: [
                IndexDefinition(fields: [try fieldName("status"), try fieldName("updated_at")], isUnique: false),
                IndexDefinition(fields: [try fieldName("born")], isUnique: false),
                IndexDefinition(fields: [try fieldName("name")], isUnique: false),
                IndexDefinition(fields: [try fieldName("visited")], isUnique: false),
            ]
        )
        return Catalog(
            generation: 1,
            objects: [region, customer],
            dictionaries: [
                set(grade, "客户级别", [("A", "重要"), ("B", "普通"), ("C", "一般")]),
                set(status, "状态", [("open", "跟进中"), ("won", "成交"), ("lost", "流失")]),
                set(district, "区县", [("bj-cy", "朝阳"), ("cc-cy", "朝阳"), ("bj-hd", "海淀")]),
            ],
            layouts: []
        )
    }

    private static func object(
        _ text: String,
        _ label: String,
        _ fields: [FieldDefinition],
        title: String,
        indexes: [IndexDefinition] = []
    ) throws -> ObjectDefinition {
        var all: [FieldDefinition] = []
        for system in SystemField.allCases {
            let type: FieldType = system == .createdAt || system == .updatedAt ? .dateTime : .integer
            all.append(try make(system.rawValue, type, "系统 " + system.rawValue))
        }
        return ObjectDefinition(
            name: try objectName(text),
            label: LocalizedText(label),
            fields: all + fields,
            titleField: try fieldName(title),
            indexes: indexes
        )
    }

    private static func make(
        _ text: String,
        _ type: FieldType,
        _ label: String,
        _ aliases: [String] = []
    ) throws -> FieldDefinition {
        var definition = FieldDefinition(name: try fieldName(text), type: type, label: LocalizedText([.zhCN: label]))
        definition.aliases = aliases
        return definition
    }

    private static func set(_ name: ElementName, _ label: String, _ options: [(String, String)]) -> PicklistSet {
        PicklistSet(
            name: name,
            label: LocalizedText(label),
            options: options.map { value, label in
                PicklistSet.Option(
                    value: value,
                    label: LocalizedText([.zhCN: label]),
                    // Options of one label belong to different values of another field.
                    parents: value.contains("-") ? [String(value.prefix(2))] : [],
                    isRetired: false,
                    colour: ""
                )
            },
            plugin: nil
        )
    }
}
