import TestSupport

/// A small business: companies of two grades, orders with lines, and a note that belongs to a company.
enum Fixture {
    static func company() throws -> TestCompany { try TestCompany(files) }

    static let files: [String: String] = [
        "dictionaries/grade.json": #"""
        {"name":"grade","label":"等级","options":[{"value":"A","label":{"zh-CN":"甲级","zh-TW":"甲級","en":"Grade A"}},
         {"value":"B","label":"乙级"},{"value":"Z","label":"旧级","retired":true}]}
        """#,
        "dictionaries/province.json":
            #"""
        {"name":"province","label":"省","options":[
         {"value":"hubei","label":{"zh-CN":"湖北","zh-TW":"湖北","en":"Hubei"}},{"value":"hunan","label":"湖南"}]}
        """#,
        "dictionaries/city.json": #"""
        {"name":"city","label":"市","options":[{"value":"wuhan","label":"武汉","parents":["hubei"]},
         {"value":"changsha","label":"长沙","parents":["hunan"]}]}
        """#,
        "objects/company.json": #"""
        {"name":"company","label":"公司","title_field":"name","fields":[
          {"name":"code","type":"auto_number","label":"编码","code_rule":"company_code"},
          {"name":"name","type":"text","label":"名称","required":true,"max_length":20,"searchable":true},
          {"name":"phone","type":"phone","label":"电话","searchable":true},
          {"name":"email","type":"email","label":"邮箱","unique":true},
          {"name":"grade","type":"picklist","label":"等级","dictionary":"grade","default":"B"},
          {"name":"province","type":"picklist","label":"省","dictionary":"province"},
          {"name":"city","type":"picklist","label":"市","dictionary":"city","depends_on":"province"},
          {"name":"area","type":"decimal","label":"面积","scale":2,"min":0,"max":1000},
          {"name":"since","type":"date","label":"起始","default":"today()"},
          {"name":"parent","type":"reference","label":"上级","object":"company","on_delete":"clear"}],
         "code_rules":[{"name":"company_code","field":"code","pattern":"C{yyyy}-{seq:3}","reset":"year"}],
         "validation_rules":[{"name":"big_needs_phone","condition":"area <= 100 or phone is not empty",
           "message":"大公司要有电话","fields":["phone"]}],
         "duplicate_rules":[{"name":"same","match":[{"field":"name","normaliser":"company"},
           {"field":"phone","normaliser":"phone"}],"action":"block"}]}
        """#,
        "objects/sale.json": #"""
        {"name":"sale","label":"订单","title_field":"code","fields":[
          {"name":"code","type":"auto_number","label":"单号","code_rule":"sale_code"},
          {"name":"company","type":"reference","label":"公司","object":"company","required":true},
          {"name":"lines","type":"children","label":"明细","object":"sale_line","via":"sale"}],
         "code_rules":[{"name":"sale_code","field":"code","pattern":"S-{seq:2}","scope":["company"]}]}
        """#,
        "objects/sale_line.json": #"""
        {"name":"sale_line","label":"明细","title_field":"item","fields":[
          {"name":"sale","type":"reference","label":"订单","object":"sale","required":true,"on_delete":"cascade"},
          {"name":"item","type":"text","label":"品名","required":true},
          {"name":"price","type":"currency","label":"单价","min":0}]}
        """#,
    ]
}
