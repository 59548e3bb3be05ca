import CRMModel
import CRMOutput
import Testing

@Suite("The markup of printed pages")
struct PageMarkupTests {
    private static let root = #"<svg xmlns="http://www.w3.org/2000/svg">"#

    private func problems(_ source: String, _ format: PageFormat) -> [String] {
        do {
            _ = try PrintTemplate(name: "t", source: source, format: format)
            return []
        } catch {
            return error.issues.map { $0.message.text(in: .en) }
        }
    }

    /// What is wrong with the finished page, empty when nothing is.
    private func fault(_ source: String, _ data: [String: PrintValue] = [:]) -> String {
        do {
            _ = try PrintTemplate(name: "t", source: source, format: .svg).render(.group(data), language: .en)
            return ""
        } catch {
            return error.text(in: .en)
        }
    }

    @Test(
        "scripts, attributes that are scripts and addresses are problems of a template, with their place",
        arguments: [
            ("<p>\n <script>x</script>", "line 2, column 2: pages cannot have \"script\""),
            ("<p onclick=\"x\">", "line 1, column 4: pages cannot have \"onclick\""),
            ("<p {{#a}}ONLOAD='x'{{/a}}>", "pages cannot have \"ONLOAD\""),
            ("<img src=\"http://a.b/c.png\">", "\"src\" cannot be \"http://a.b/c.png\""),
            ("<img src=c.png>", "\"src\" cannot be"), ("<link rel=stylesheet href=a.css>", "\"link\""),
            ("<iframe src='#'></iframe>", "\"iframe\""), ("<base href='#'>", "\"base\""),
            ("<a href=' JavaScript:x()'>", "\"href\" cannot be \"javascript:x()\""),
            ("<a href='java&#115;cript:x()'>", "\"href\" cannot be"),
            ("<meta HTTP-EQUIV=Refresh content='0;url=//a'>", "refresh"),
            ("<style>p { background: url( 'http://a' ) }</style>", "a style cannot have \"url("),
            ("<style>@import 'a.css';</style>", "a style cannot have \"@import\""),
            ("<p style='background: url(//a)'>", "a style cannot have"), ("<p class={{name}}>", "must stand in quotes"),
            ("<?php x ?>", "\"?php\""),
        ]
    )
    func html(source: String, says: String) {
        let found = problems(source, .html)
        #expect(found.first?.contains(says) == true, "\(found)")
    }

    @Test("all problems of markup and tags are told together in the order of the page")
    func together() {
        #expect(
            problems("<script></script>{{{a}}}\n公<p onclick=''>", .html).map { $0.prefix(16) }
                == [
                    "line 1, column 1", "line 1, column 1", "line 2, column 5",
                ].map { $0.prefix(16) }
        )
    }

    @Test(
        "what pages of HTML do have is no problem",
        arguments: [
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>@page { size: A4 } p > a { color: red }</style></head>",
            "<!-- <script> --><p title=\"a > b\" data-x='1' hidden>1 < 2 &nbsp; &copy;</p>",
            "<a href=\"https://a.b/?x=1&amp;y={{name}}\">x</a><a href='mailto:{{mail}}'>y</a><a href=\"#top\">z</a>",
            "<img src=\"data:image/png;base64,AAAA\"><img src=\"{{logo}}\">", "<p {{#a}}class=\"x\"{{/a}}>",
            "<style>.a { background: url(data:image/png;base64,AA) } .b { fill: url(#g) }</style>",
        ]
    )
    func harmless(source: String) {
        #expect(problems(source, .html) == [])
    }

    @Test(
        "an SVG page may hold a drawing and nothing else",
        arguments: [
            ("<script>x</script>", "\"script\""), ("<foreignObject/>", "\"foreignObject\""), ("<a href='#'/>", "\"a\""),
            ("<set attributeName='href' to='x'/>", "\"set\""), ("<animate/>", "\"animate\""),
            ("<SCRIPT/>", "\"SCRIPT\""),
            ("<x:script/>", "\"x:script\""), ("<g onload='x'/>", "\"onload\""),
            ("<use href='http://a.b/c.svg#d'/>", "\"href\""), ("<use xlink:href='c.svg#d'/>", "\"xlink:href\""),
            ("<image href='data:image/svg+xml;base64,AA'/>", "\"href\""),
            ("<g xmlns='http://www.w3.org/1999/xhtml'/>", "cannot declare \"xmlns\""),
            ("<g xml:base='http://a.b'/>", "\"xml:base\""), ("<rect fill='url(http://a.b#c)'/>", "url("),
            ("<rect fill='&#117;rl(http://a.b#c)'/>", "url("), ("<rect style='fill: u\\72l(//a)'/>", "style"),
            ("<style>@import 'a';</style>", "@import"), ("<![CDATA[x]]>", "![CDATA["),
            ("<?xml-stylesheet href='a'?>", "?xml"),
        ]
    )
    func svg(inner: String, says: String) {
        let found = problems(Self.root + inner + "</svg>", .svg)
        #expect(found.first?.contains(says) == true, "\(found)")
    }

    @Test(
        "a finished SVG page that is not well formed is refused with its line",
        arguments: [
            ("<svg></svg>", "an SVG page is one element"), ("<g></g>", "an SVG page is one element"),
            ("\n\n\(root)<g></svg>", "line 3 of the finished page: the beginning and the end of \"svg\""),
            (root, "\"svg\" do not match"), ("\(root)</svg>\n\(root)</svg>", "line 2"),
            ("\(root)<text>a < b</text></svg>", "a < begins no tag"), ("\(root)<g a=b/></svg>", "\"a\" has no quotes"),
            ("\(root)<g a='1' a='2'/></svg>", "is there twice"), ("\(root)<text>a & b</text></svg>", "\"& b"),
            ("\(root)<text>&nbsp;</text></svg>", "\"&nbsp\""), ("x\(root)</svg>", "an SVG page is one element"),
            ("\(root)<g hidden/></svg>", "\"hidden\" has no quotes"),
        ]
    )
    func wellFormed(source: String, says: String) {
        #expect(fault(source).contains(says), "\(fault(source))")
    }

    @Test("an attribute that tags put together is found in the finished page")
    func puzzles() {
        let data: [String: PrintValue] = ["a": .flag(true), "v": .text("javascript:x()"), "u": .text("url(//a)")]
        #expect(fault("\(Self.root)<g {{#a}}on{{/a}}{{#a}}load{{/a}}='x'/></svg>", data).contains("\"onload\""))
        #expect(fault("\(Self.root)<use href='{{v}}'/></svg>", data).contains("\"href\""))
        #expect(fault("\(Self.root)<g style='fill: {{u}}'/></svg>", data).contains("url("))
        #expect(fault("\(Self.root)<style>g { fill: {{u}} }</style></svg>", data).contains("url("))
    }

    @Test("a drawing with values, a code and a gradient is written as a file")
    func drawing() throws {
        let source = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">
            <defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
            {{#rows}}<text x="{{x}}" style="fill: url(#g)">{{name}}</text>{{/rows}}
            <svg x="60" y="10" width="30" height="30">{{qr(code)}}</svg>
            </svg>
            """
        let page = try PrintTemplate(name: "t", source: source, format: .svg).render(
            .group([
                "rows": .list([.group(["x": .value(.integer(3)), "name": .text("<b>\"A & B\" {{x}} 张伟\u{1}")])]),
                "code": .text("{{A&B}}"),
            ]),
            language: .zhCN
        )
        #expect(page.format == .svg)
        #expect(page.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns"))
        #expect(
            page.text.contains("<text x=\"3\" style=\"fill: url(#g)\">&lt;b&gt;&quot;A &amp; B&quot; {{x}} 张伟</text>")
        )
        #expect(page.text.contains(#"width="100%" height="100%" role="img""#))
        #expect(!page.text.contains("Content-Security-Policy"))
    }

    @Test("a template's own first line of XML is replaced, so that no other encoding is read")
    func declaration() throws {
        for head in ["<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>\n", "\u{FEFF}", "\n "] {
            let own = try PrintTemplate(name: "t", source: "\(head)\(Self.root)</svg>", format: .svg)
            #expect(
                try own.render(.group([:]), language: .en).text
                    == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(Self.root)</svg>"
            )
        }
        #expect(fault("<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n\(Self.root)</svg>").contains("!DOCTYPE"))
        #expect(fault("<?xml version=\"1.0\"?>\n\(Self.root)\n<g></svg>").contains("line 3 of the finished page"))
    }

    @Test("whatever a page is made of, it is read to its end and an SVG with a script is never let through")
    func anything() {
        var state: UInt64 = 20_261_122
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = [
            "<", ">", "/", "=", "\"", "'", "{{a}}", "{{#a}}", "{{/a}}", "<!--", "-->", "<g ", "<style>", "</style>",
            "</g>", "onload", "script", "href", "&", ";", "<?", "<!", "x", " ", "\n", "中", "url(", "\\", "<svg",
        ]
        for _ in 0..<3000 {
            let inner = (0..<next(24)).map { _ in pieces[next(pieces.count)] }.joined()
            _ = problems(inner, .html)
            let source = Self.root + inner + "</svg>"
            guard
                let page = try? PrintTemplate(name: "t", source: source, format: .svg)
                    .render(.group(["a": .text("onload=x")]), language: .en)
            else { continue }
            #expect(!page.text.contains("<script"))
            #expect(page.text.firstMatch(of: #/<[^<>"'!]*\sonload\s*=/#) == nil, "\(page.text)")
        }
    }
}
