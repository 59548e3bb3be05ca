/// A plugin with codes, colours, references and children, for tests of how records are named and shown.
enum ShopPlugin {
    /// Writes the plugin into the folder of a test and makes `t.crm` with it.
    static func company(language: String = "zh-CN") throws -> ShellFolder {
        let folder = try ShellFolder()
        for (name, text) in files { try folder.write(text, to: "shop/" + name) }
        let made = try ShellRun(["new", "t.crm", "--with", "shop"], in: folder)
        guard made.status == 0 else { throw Failure(text: made.errors) }
        return folder
    }

    /// The file could not be made.
    struct Failure: Error { let text: String }

    private static let files = [
        "plugin.json": """
        {"id": "shop", "version": "1.0.0", "api": 1, "type": "module",
         "title": {"zh-CN": "小店", "zh-TW": "小店", "en": "Shop"}}
        """,
        "objects/buyer.json": """
        {"name": "buyer", "label": {"zh-CN": "买家", "zh-TW": "買家", "en": "Buyer"}, "title_field": "name",
         "fields": [
           {"name": "code", "type": "auto_number", "label": {"zh-CN": "买家编号", "zh-TW": "買家編號", "en": "Buyer code"}},
           {"name": "name", "type": "text", "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"},
            "required": true, "searchable": true, "aliases": ["抬头"]},
           {"name": "grade", "type": "picklist", "label": {"zh-CN": "等级", "zh-TW": "等級", "en": "Grade"},
            "dictionary": "grade", "default": "A",
            "help": {"zh-CN": "越好越靠前", "zh-TW": "越好越靠前", "en": "The best come first"}},
           {"name": "discount", "type": "percent", "label": {"zh-CN": "折扣(%)", "zh-TW": "折扣(%)", "en": "Discount (%)"},
            "scale": 2, "min": 0, "max": "99.50"},
           {"name": "street", "type": "text", "label": {"zh-CN": "街道", "zh-TW": "街道", "en": "Street"},
            "max_length": 80},
           {"name": "since", "type": "date", "label": {"zh-CN": "开户日期", "zh-TW": "開戶日期", "en": "Since"},
            "default": "today()"},
           {"name": "first", "type": "reference", "object": "buyer", "on_delete": "clear",
            "label": {"zh-CN": "介绍人", "zh-TW": "介紹人", "en": "Introduced by"}},
           {"name": "bills", "type": "children", "object": "bill", "via": "buyer",
            "label": {"zh-CN": "账单", "zh-TW": "帳單", "en": "Bills"}}
         ],
         "code_rules": [{"name": "code", "field": "code", "pattern": "B-{seq:3}", "reset": "never"}]}
        """,
        "objects/bill.json": """
        {"name": "bill", "label": {"zh-CN": "账单", "zh-TW": "帳單", "en": "Bill"}, "title_field": "topic",
         "fields": [
           {"name": "topic", "type": "text", "label": {"zh-CN": "事由", "zh-TW": "事由", "en": "Topic"}, "default": "其他"},
           {"name": "buyer", "type": "reference", "object": "buyer", "on_delete": "cascade",
            "label": {"zh-CN": "买家", "zh-TW": "買家", "en": "Buyer"}}
         ]}
        """,
        "dictionaries/grade.json": """
        {"name": "grade", "label": {"zh-CN": "等级", "zh-TW": "等級", "en": "Grade"}, "options": [
          {"value": "A", "label": {"zh-CN": "重点", "zh-TW": "重點", "en": "Key"}, "colour": "#d32f2f"},
          {"value": "B", "label": {"zh-CN": "一般", "zh-TW": "一般", "en": "Normal"}, "aliases": ["普通"]}]}
        """,
        "layouts/buyer/list.json": """
        {"columns": ["street", "code", "name", "grade", "discount", "since"],
         "sort": [{"field": "code", "descending": true}]}
        """,
        "main.lua": "",
    ]
}
