import CRMModel
import CRMOutput
import Testing

@Suite("Print templates")
struct PrintTemplateTests {
    private static let data = PrintValue.group([
        "name": .field(PrintField(label: "公司名称", text: "<b>武汉 & 达川</b>", raw: .text("<b>武汉 & 达川</b>"))),
        "total": .field(
            PrintField(label: "金额", text: "1,234.50", raw: FixedDecimal("1234.50").map { .decimal($0) } ?? .null)
        ),
        "day": .field(
            PrintField(
                label: "日期",
                text: "2026-11-21",
                raw: CalendarDate(year: 2026, month: 11, day: 21).map { .date($0) } ?? .null
            )
        ),
        "show": .field(
            PrintField(label: "展会", text: "春季展", raw: .integer(3), members: ["city": .text("武汉")])
        ),
        "empty": .field(PrintField(label: "备注", text: "", raw: .null)),
        "paid": .flag(true),
        "lines": .list([
            .group(["booth": .text("A01"), "area": .value(.integer(9))]),
            .group(["booth": .text("A02"), "area": .value(.integer(18))]),
        ]),
    ])

    private func body(_ source: String, _ partials: [String: String] = [:]) throws -> String {
        let template = try PrintTemplate(name: "t", source: "[[" + source + "]]", partials: partials)
        let html = try template.render(Self.data, language: .zhCN).text
        let start = try #require(html.ranges(of: "[[").first?.upperBound)
        let end = try #require(html.ranges(of: "]]").last?.lowerBound)
        return String(html[start..<end])
    }

    private func issues(_ source: String, _ partials: [String: String] = [:]) throws -> [String] {
        let error = #expect(throws: PlatformError.self) {
            try PrintTemplate(name: "t.html", source: source, partials: partials)
        }
        #expect(error?.code == .invalidPlugin)
        #expect(error?.context.line != nil)
        return try #require(error).issues.map { $0.message.text(in: .en) }
    }

    @Test(
        "values, parts, sections and transforms",
        arguments: [
            ("{{name}}", "&lt;b&gt;武汉 &amp; 达川&lt;/b&gt;"),
            ("{{name.label}}", "公司名称"),
            ("{{show}}: {{show.city}} {{show.raw}}", "春季展: 武汉 3"),
            ("{{#show}}{{city}}{{/show}}", "武汉"),
            ("{{#empty}}x{{/empty}}{{^empty}}无{{/empty}}", "无"),
            ("{{#paid}}已付{{/paid}}", "已付"),
            ("{{#lines}}{{plusone(index())}}.{{booth}}{{^last()}}，{{/last()}}{{/lines}}", "1.A01，2.A02"),
            ("{{#lines}}{{name.label}}{{/lines}}", "公司名称公司名称"),
            ("{{count(lines)}}", "2"),
            ("{{rmb(total)}}", "壹仟贰佰叁拾肆元伍角整"),
            ("{{grouping(total)}} {{date_zh(day)}} {{date_en(day)}}", "1,234.50 2026年11月21日 21 November 2026"),
            ("{{rmb(empty)}}{{! no output }}", ""),
            ("{{> head}}!", "H:&lt;b&gt;武汉 &amp; 达川&lt;/b&gt;!"),
        ]
    )
    func rendering(source: String, expected: String) throws {
        #expect(try body(source, ["head": "H:{{name}}"]) == expected)
    }

    @Test("a print is a whole page that forbids scripts, also when the template brings its own head")
    func page() throws {
        let policy = "default-src 'none'"
        let plain = try PrintTemplate(name: "t", source: "<p>x</p>").render(Self.data, language: .en).text
        #expect(plain.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(plain.contains(policy))
        let whole = try PrintTemplate(
            name: "t",
            source:
                "<!DOCTYPE html><html><HEAD>\n<META charset='utf-8'>\n<style>p {}</style></HEAD><body></body></html>"
        ).render(Self.data, language: .en).text
        let policyPlace = try #require(whole.ranges(of: policy).first)
        let stylePlace = try #require(whole.ranges(of: "<style>").first)
        #expect(policyPlace.lowerBound < stylePlace.lowerBound)
        #expect(whole.lowercased().ranges(of: "charset").count == 1)
        #expect(whole.ranges(of: "<html").count == 1)
    }

    @Test("names that the data does not have are told with place and suggestion, and write nothing")
    func unknownNames() throws {
        let template = try PrintTemplate(name: "t", source: "a\n公 {{nane}}{{show.cty}}")
        let output = try template.render(Self.data, language: .zhCN)
        #expect(
            output.warnings.map { $0.text(in: .en) } == [
                "line 2, column 3: the data has no \"nane\"; is \"name\" meant?",
                "line 2, column 11: the data has no \"show.cty\"; is \"city\" meant?",
            ]
        )
    }

    @Test("everything that templates may not have is refused with line and column, all at once")
    func refusals() throws {
        #expect(
            try issues("{{{name}}}\n {{&name}}\n{{=<% %>=}}\n{{<a}}{{$b}}{{%c}}") == [
                "line 1, column 1: unescaped output of \"name\" is not allowed; write {{name}}, which is escaped",
                "line 2, column 2: unescaped output of \"name\" is not allowed; write {{name}}, which is escaped",
                "line 3, column 1: the delimiters of tags cannot be changed",
                "line 4, column 1: tags that begin with \"<\" are not supported",
                "line 4, column 7: tags that begin with \"$\" are not supported",
                "line 4, column 13: tags that begin with \"%\" are not supported",
            ]
        )
        #expect(try issues("{{#lines}}").first == "line 1, column 1: the section \"lines\" has no end; add {{/lines}}")
        #expect(try issues("x {{/lines}}").first == "line 1, column 3: {{/lines}} ends a section that was not begun")
        #expect(
            try issues("{{#a}}\n{{/b}}{{/a}}").first
                == "line 2, column 1: {{/b}} does not match the section \"a\" begun in line 1"
        )
        #expect(try issues("{{name").first == "line 1, column 1: the tag has no end; }} is missing")
        #expect(
            try issues("{{upcase(name)}}").first?.hasPrefix("line 1, column 1: there is no transform named \"upcase\"")
                == true
        )
        #expect(try issues("{{>../x}}").first?.contains("is not the name of a template") == true)
        #expect(
            try issues("{{> heed}}", ["head": ""]).first
                == "line 1, column 1: there is no partial named \"heed\". Partials here: head"
        )
    }

    @Test("partials that contain each other are refused before anything is written")
    func circles() throws {
        #expect(
            try issues("{{> a}}", ["a": "{{> b}}", "b": "\n{{> a}}"]) == [
                "Print template \"b\": line 2, column 1: partials contain each other: a → b → a"
            ]
        )
        #expect(try issues("{{> a}}", ["a": "{{> a}}"]).first?.contains("a → a") == true)
    }

    @Test("partials that double at each level are checked without doubling the work")
    func doublingPartials() throws {
        var partials: [String: String] = [:]
        for level in 0..<14 { partials["p\(level)"] = "{{> p\(level + 1)}}{{> p\(level + 1)}}{{> p\(level + 1)}}" }
        partials["p14"] = "x"
        let template = try PrintTemplate(name: "t", source: "{{> p0}}", partials: partials)
        // 3¹⁴ = 4.8 million partials would be written.
        let error = #expect(throws: PlatformError.self) { try template.render(Self.data, language: .en) }
        #expect(error?.code == .limitExceeded)
    }

    @Test("deep nesting is refused")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "{{#paid}}", count: depth) + String(repeating: "{{/paid}}", count: depth)
        }
        _ = try PrintTemplate(name: "t", source: nested(16))
        #expect(try issuesWithoutLine(nested(17)) == ["nested deeper than 16 levels"])
        #expect(try issuesWithoutLine(nested(10_000)) == ["nested deeper than 16 levels"])
    }

    private func issuesWithoutLine(_ source: String) throws -> [String] {
        let error = #expect(throws: PlatformError.self) { try PrintTemplate(name: "t", source: source) }
        return try #require(error).issues.map { $0.message.text(in: .en) }
    }

    @Test("repetitions and sizes beyond the limits are refused before they cost anything")
    func bombs() throws {
        let rows = PrintValue.group(["rows": .list(Array(repeating: .text("x"), count: 100))])
        let loops = String(repeating: "{{#rows}}", count: 12) + "x" + String(repeating: "{{/rows}}", count: 12)
        let bomb = try PrintTemplate(name: "t", source: loops)
        // The inner sections look for `rows` in the texts first and find it in the outermost data: 100¹² rounds.
        let steps = #expect(throws: PlatformError.self) { try bomb.render(rows, language: .en) }
        #expect(steps?.code == .limitExceeded)
        #expect(steps?.message.text(in: .en).contains("200000 steps") == true)
        let wide = try PrintTemplate(
            name: "t",
            source: "{{#rows}}" + String(repeating: "y", count: 60_000) + "{{/rows}}"
        )
        let size = #expect(throws: PlatformError.self) { try wide.render(rows, language: .en) }
        #expect(size?.message.text(in: .en).contains("4096 KB") == true)
        let large = #expect(throws: PlatformError.self) {
            try PrintTemplate(name: "t", source: String(repeating: "z", count: 256 * 1024 + 1))
        }
        #expect(large?.code == .limitExceeded)
    }

    @Test("a list written as a text and a transform that does not fit are errors with their places")
    func faults() throws {
        let list = try PrintTemplate(name: "t", source: "\n {{lines}}")
        let error = #expect(throws: PlatformError.self) { try list.render(Self.data, language: .en) }
        #expect(
            error?.text(in: .en)
                == "Print template \"t\": line 2, column 2: \"lines\" is a list; write {{#lines}}…{{/lines}} to repeat for each element"
        )
        let transform = try PrintTemplate(name: "t", source: "{{rmb(name)}}")
        #expect(throws: PlatformError.self) { try transform.render(Self.data, language: .en) }
        let group = try PrintTemplate(name: "t", source: "{{#lines}}{{.}}{{/lines}}")
        let parts = #expect(throws: PlatformError.self) { try group.render(Self.data, language: .en) }
        #expect(parts?.text(in: .en).contains("area, booth") == true)
    }
}
