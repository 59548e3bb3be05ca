import CRMPlatform

@testable import crm_shell

/// A small catalog: customers with a grade, and booths that refer to customers.
enum ShellCatalog {
    static let customer = ObjectName(rawValue: "customer")
    static let catalog = makeCatalog()

    private static func makeCatalog() -> Catalog {
        let grade = PicklistSet(
            name: element("customer_grade"),
            label: label("客户等级", "Grade"),
            options: [("A", "重点客户", "Key"), ("B", "一般客户", "Normal")].map {
                PicklistSet.Option(
                    value: $0.0,
                    label: label($0.1, $0.2),
                    parents: [],
                    isRetired: false,
                    colour: ""
                )
            },
            plugin: nil
        )
        let kernel = ["id", "version", "created_at", "created_by", "updated_at", "updated_by"].map { name in
            var definition = field(name, name.hasSuffix("at") ? .dateTime : .integer, name, name)
            definition.isSystem = true
            return definition
        }
        let name = field("name", .text, "名称", "Name")
        let customer = ObjectDefinition(
            name: object("customer"),
            label: label("客户", "Customer"),
            fields: kernel + [
                name, field("grade", .picklist(dictionary: grade.name), "等级", "Grade"),
                field("mobile", .phone, "手机", "Mobile"),
            ],
            titleField: name.name
        )
        let booth = ObjectDefinition(
            name: object("booth"),
            label: label("展位", "Booth"),
            fields: kernel + [
                name, field("customer", .reference(to: object("customer"), onDelete: .restrict), "客户", "Customer"),
                field("area", .decimal(scale: 2), "面积", "Area"),
            ],
            titleField: name.name
        )
        return Catalog(generation: 1, objects: [customer, booth], dictionaries: [grade], layouts: [])
    }

    private static func field(
        _ name: String,
        _ type: FieldType,
        _ chinese: String,
        _ english: String
    ) -> FieldDefinition {
        guard let name = FieldName(rawValue: name) else { preconditionFailure("bad field name in a test") }
        return FieldDefinition(name: name, type: type, label: label(chinese, english))
    }

    private static func object(_ name: String) -> ObjectName {
        guard let name = ObjectName(rawValue: name) else { preconditionFailure("bad object name in a test") }
        return name
    }

    private static func element(_ name: String) -> ElementName {
        guard let name = ElementName(rawValue: name) else { preconditionFailure("bad element name in a test") }
        return name
    }

    private static func label(_ chinese: String, _ english: String) -> LocalizedText {
        LocalizedText([.zhCN: chinese, .zhTW: chinese, .en: english])
    }
}
