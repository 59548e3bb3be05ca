import CRMModel
import CRMPlatform
import TestSupport
import Testing

@Suite("Prints of plugins")
struct PrintTests {
    private static let main = """
        crm.print_template{name = "paper", object = "deal", title = "Paper"}
        crm.print_template{name = "map", object = "deal", title = "Map", data = function(rec) return {boxes = {1, 2}} end}
        """
    private static let map = """
        <svg xmlns="http://www.w3.org/2000/svg">{{> frame}}{{#boxes}}<rect x="{{.}}"/>{{/boxes}}<text>{{name}}</text></svg>
        """
    private static let files = [
        "print/map/zh-CN.svg": map, "print/_partials/frame.svg": "<g id=\"{{code}}\"/>",
        "print/_partials/style.html": "<style>p { color: red }</style>",
    ]

    private func company(_ pages: [String: String]) throws -> ScriptCompany {
        let company = try ScriptCompany(Self.main, Self.files.merging(pages) { $1 })
        try company.run("crm.create('deal', {name = '甲 & 乙', stage = 'won', amount = '325.04'})")
        return company
    }

    private func page(_ company: ScriptCompany, _ template: String, _ language: Language) throws -> PrintedPage {
        try company.platform.printRecord(
            template: template,
            record: RecordID(object: object("deal"), number: 1),
            language: language,
            as: .administrator
        )
    }

    @Test("a language without a page has zh-CN's, with its own labels")
    func fallback() throws {
        let company = try company([
            "print/paper/zh-CN.html": "中 {{stage}} {{rmb(amount)}}", "print/paper/en.html": "EN {{stage}}",
        ])
        #expect(try page(company, "paper", .zhCN).text.contains("中 赢单 叁佰贰拾伍元零肆分"))
        #expect(try page(company, "paper", .zhTW).text.contains("中 贏單 參佰貳拾伍元零肆分"))
        #expect(try page(company, "paper", .en).text.contains("EN Won"))
        #expect(try company.platform.printTemplates.first { $0.name.rawValue == "paper" }?.languages == [.zhCN, .en])
    }

    @Test("a document in one other language alone is in that language")
    func foreign() throws {
        let company = try company(["print/paper/en.html": "EN {{stage}}"])
        #expect(try page(company, "paper", .zhCN).text.contains("EN Won"))
    }

    @Test("an SVG page is printed with its partials, and listed")
    func svg() throws {
        let company = try company(["print/paper/en.html": "{{> style}}{{nane}}"])
        let map = try page(company, "map", .en)
        #expect(map.format == .svg)
        #expect(map.text.hasSuffix("\"><g id=\"D-0001\"/><rect x=\"1\"/><rect x=\"2\"/><text>甲 &amp; 乙</text></svg>"))
        #expect(try company.platform.printTemplates.first { $0.name.rawValue == "map" }?.languages == [.zhCN])
        let paper = try page(company, "paper", .en)
        #expect(paper.text.contains("<style>p { color: red }</style>"))
        #expect(
            paper.warnings.map { $0.text(in: .en) } == [
                "line 1, column 12: the data has no \"nane\"; is \"name\" meant?"
            ]
        )
    }

    @Test("an empty table of Lua is a list without rows")
    func emptyList() throws {
        let company = try ScriptCompany(
            """
            crm.print_template{name = "paper", object = "deal", title = "Paper", data = function()
              return {none = {}, inner = {rows = {}}} end}
            """,
            [
                "print/paper/en.html":
                    "[{{#none}}row{{/none}}{{^none}}nothing{{/none}}|{{#inner}}{{^rows}}empty{{/rows}}{{/inner}}]"
            ]
        )
        try company.run("crm.create('deal', {name = 'x'})")
        let page = try page(company, "paper", .en)
        #expect(page.text.contains("[nothing|empty]"))
        #expect(page.warnings.isEmpty)
    }

    @Test("the check looks at every page with its partials")
    func check() throws {
        let pages = [
            "main.lua": Self.main, "print/paper/en.html": "{{> style}}",
            "print/paper/zh-CN.html": "<p onclick='x'>{{> stile}}",
            "print/paper/zh-TW.html": "x", "print/paper/zh-TW.svg": Self.map, "print/paper/fr.html": "x",
            "print/map/en.svg": "<svg><script/></svg>",
        ]
        let all = ScriptCompany.metadata.merging(Self.files) { $1 }.merging(pages) { $1 }
        let folder = try ScratchFolder()
        let problems = Platform.checkPlugin(folder: try folder.plugin("demo", all))
        let texts = problems.map { ($0.context.file ?? "") + ": " + $0.text(in: .en) }
        #expect(texts.count == 4, "\(texts)")
        #expect(texts.contains { $0.hasPrefix("print/map/en.svg") && $0.contains("\"script\"") })
        #expect(texts.contains { $0.hasPrefix("print/paper/fr.html") && $0.contains("is never used") })
        #expect(
            texts.contains { $0.hasPrefix("print/paper/zh-CN.html") && $0.contains("onclick") && $0.contains("stile") }
        )
        #expect(texts.contains { $0.hasPrefix("print/paper/zh-TW.html") && $0.contains("keep one of them") })
    }
}
