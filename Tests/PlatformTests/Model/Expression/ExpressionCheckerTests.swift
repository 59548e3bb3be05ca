import CRMModel
import Testing

/// Names, kinds and literals of expressions against the catalog.
@Suite struct ExpressionCheckerTests {
    let catalog: Catalog
    let customer: ObjectDefinition

    init() throws {
        catalog = try FixtureCatalog.make()
        customer = try catalog.object(objectName("customer"))
    }

    private func check(_ text: String, _ parameters: [Value] = []) throws -> CheckedExpression {
        try Expression.parse(text).check(against: customer, in: catalog, parameters: parameters)
    }

    /// Where an expression goes wrong and what is said about it.
    private struct Problem: Equatable {
        let column: Int
        let text: String
    }

    private func problem(
        _ text: String,
        _ parameters: [Value] = [],
        in language: Language = .zhCN
    ) -> Problem? {
        do {
            _ = try check(text, parameters)
            return nil
        } catch let error as ExpressionError {
            return Problem(column: error.column, text: error.message.text(in: language))
        } catch {
            return nil
        }
    }

    @Test(
        "an expression has a kind and a scale",
        arguments: [
            ("area", FieldStorage.scaled(2)), ("visits", .integer), ("parent", .integer), ("name", .text),
            ("grade", .text), ("born", .date),
            ("visited", .instant), ("active", .boolean), ("area + 1", .scaled(2)), ("area + 0.005", .scaled(3)),
            ("area * score", .scaled(6)),
            ("score * score * score", .scaled(9)), ("area / 3", .scaled(8)), ("visits / 3", .scaled(6)),
            ("score / 3", .scaled(9)),
            ("12.500", .scaled(1)), ("round(area, 1)", .scaled(1)), ("round(area)", .integer),
            ("born - today()", .integer), ("born + 1", .date),
            ("visited + 1", .date), ("year(visited)", .integer), ("year_month(born)", .text),
            ("coalesce(area, score)", .scaled(4)),
            ("area > 1", .boolean), ("me()", .integer), ("now()", .instant), ("null", .text),
            ("region.budget", .scaled(2)),
        ]
    )
    func kinds(text: String, storage: FieldStorage) throws {
        #expect(try check(text).storage == storage)
    }

    @Test("fields are found by API name, label and alias, in any case and width")
    func names() throws {
        for text in [
            "name = 'x'", "NAME = 'x'", "名称 = 'x'", "公司名称 = 'x'", "\"名称\" = 'x'", "ｎａｍｅ = 'x'", "上级.地区.名称 = 'x'",
            "parent.parent.parent.name = 'x'",
        ] {
            #expect(problem(text) == nil)
        }
    }

    @Test("an unknown field is named with the one that was probably meant")
    func unknownField() {
        #expect(problem("area > 1 and nam = 'x'") == Problem(column: 14, text: "对象「客户」没有字段「nam」，是不是「name」？"))
        #expect(problem("region.titl = 'x'") == Problem(column: 8, text: "对象「地区」没有字段「titl」，是不是「title」？"))
        let english = problem("级别啊 = 'x'", in: .en)
        #expect(english?.column == 1)
        #expect(english?.text.hasPrefix("the object \"客户\" has no field \"级别啊\"; did you mean \"级别\"?") == true)
        #expect(english?.text.hasSuffix("(texts are written in single quotes: '级别啊')") == true)
        #expect(problem("name = 甲公司")?.text.contains("'甲公司'") == true)
        #expect(problem("region contains '华'")?.text.contains("请在后面加上") == true)
        #expect(problem("name = \"ABCDEF\"") == Problem(column: 8, text: "对象「客户」没有字段「ABCDEF」；双引号里是字段名，文字请用单引号"))
    }

    @Test("an option that does not exist is refused with those that do")
    func unknownOption() {
        let expected = "字典「客户级别」没有选项「Z」。可选：A（重要）、B（普通）、C（一般）"
        for (text, column) in [
            ("grade = 'Z'", 9), ("'Z' <> grade", 1), ("grade in ('A', 'Z')", 16), ("parent.grade = 'Z'", 16),
        ] {
            #expect(problem(text) == Problem(column: column, text: expected))
        }
        // What a program binds may be a value of an older dictionary.
        #expect(problem("grade = ?", [.text("Z")]) == nil)
    }

    @Test(
        "what cannot be compared is refused",
        arguments: [
            "name = 1", "area = 'viel'", "area > born", "born = 5", "born = 'morgen'", "active = 3", "active > 'x'",
            "visited = 1", "grade = 1",
            "name + 1", "name + name", "born + born", "born + 0.5", "born * 2", "born + 'x'", "-name", "not name",
            "not area", "name and active",
            "area like '1%'", "name like note", "name like 5", "name contains area", "lower(area)", "length(born)",
            "year(name)", "abs(name)",
            "round(area, visits)", "round(area, 10)", "round(area, -1)", "round(area, 1.5)", "round()", "today(1)",
            "me(1)", "year()",
            "coalesce()", "coalesce(area, name)", "coalesce(visited, born)", "visits in (1, 'x')", "name in (1)",
            "born in (1)", "between(1)",
            "subsidiaries is empty", "subsidiaries.name = 'x'", "name.length = 1", "region.name.x = 1",
            "born between 1 and 2", "visited = '25:99'",
            "parent = 'region/3'", "area / name", "foo(1)", "1 + true", "active + active",
            "region = active",
            "parent = me()", "me() <> region", "parent in (me(), 3)", "coalesce(parent, 0) = created_by",
            "parent = region",
            "parent.region = updated_by", "id = me()",
        ]
    )
    func mismatches(text: String) throws {
        let found = try #require(problem(text))
        #expect(found.column >= 1 && found.column <= text.count)
        #expect(!found.text.isEmpty)
    }

    @Test("an unknown function is named with those there are")
    func unknownFunction() {
        #expect(problem("tody() = born")?.text.contains("是不是「today」") == true)
        #expect(problem("round('x') = 1") != nil)
        #expect(problem("year(born, 1) = 1")?.text == "函数 year 的写法是 year(date)")
    }

    @Test("there must be a parameter for each placeholder")
    func parameters() {
        #expect(problem("visits = ?")?.text == "表达式有 1 个占位符「?」，却给了 0 个参数")
        #expect(problem("visits = 1", [.integer(1)])?.text.contains("却给了 1 个参数") == true)
        #expect(problem("visits = ?", [.null]) == nil)
        #expect(problem("visits = ?", [.text("7")]) == nil)
        #expect(problem("visits = ?", [.text("x")]) != nil)
        #expect(problem("born = ?", [.text("2026年11月21日")]) == nil)
        #expect(problem("name like ?", [.text("%")]) == nil)
        #expect(problem("name like ?", [.integer(1)]) != nil)
    }

    @Test("a condition is wanted where a condition is needed")
    func conditions() throws {
        let sum = try Expression.parse("area + 1")
        #expect(throws: ExpressionError.self) { try sum.checkCondition(against: customer, in: catalog) }
        let nothing = try Expression.parse("null").checkCondition(against: customer, in: catalog)
        #expect(nothing.storage == .boolean)
    }
}
