import CRMModel
import CRMOutput
import Testing

/// The page as it goes out is judged, whatever templates and data it was made of.
@Suite("Finished pages of HTML")
struct FinishedPageTests {
    private func render(
        _ source: String,
        _ data: [String: PrintValue] = [:],
        _ partials: [String: String] = [:]
    ) throws -> String {
        try PrintTemplate(name: "t.html", source: source, partials: partials).render(.group(data), language: .en).text
    }

    @Test(
        "a script that only the finished page has is refused",
        arguments: [
            ("<p><{{t}}>alert(1)</{{t}}></p>", ["t": "script"]), ("<title><head></title>{{> a}}{{> b}}", [:]),
            ("{{> a}}{{> b}}alert(1)", [:]), ("<p {{n}}='x'>", ["n": "onclick"]), ("<p {{n}}onclick='x'>", ["n": ""]),
            ("<a href=\"{{u}}\">x</a>", ["u": "javascript:alert(1)"]),
            ("<a href=\"{{u}}\">x</a>", ["u": " java\tscript:alert(1)"]),
            ("<a href=\"{{u}}\">x</a>", ["u": "\u{1}javascript:alert(1)"]),
            ("<a href=\"{{u}}:alert(1)\">x</a>", ["u": "vbscript"]), ("<img src=\"{{u}}\">", ["u": "http://a.b/c.png"]),
            ("<{{t}} src='#'>", ["t": "iframe"]), ("<svg><style><img src=x onerror=alert(1)></style></svg>", [:]),
            ("<style/><p title='</style><b>'>", [:]), ("<style></stylex><img onerror=x></style>", [:]),
            ("<!--> <img src=x onerror=alert(1)> -->", [:]), ("<!-- --!><p onclick=x> -->", [:]),
            ("<title><img src=x onerror=alert(1)></title>", [:]), ("<textarea><p></textarea>", [:]),
            ("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", [:]),
            ("<p a\"onclick=x>", [:]), ("<p style=\"{{s}}\">", ["s": "background: url(//a.b)"]),
            ("<p style=\"{{s}}\">", ["s": #"background: \75rl(//a.b)"#]), ("<{{t}}>", ["t": "p onload=x"]),
            ("<meta http-equiv=\"{{x}}\" content=\"0;url=http://a\">", ["x": "Refresh"]),
            ("<p>x</p><head><title>x</title></head>", [:]), ("<html><p><html>", [:]), ("<p>x<!DOCTYPE html>", [:]),
        ] as [(String, [String: String])]
    )
    func hostile(_ source: String, _ data: [String: String]) {
        let partials = ["a": "<scr", "b": "ipt>"]
        let error = #expect(throws: PlatformError.self) {
            let page = try render(source, data.mapValues { .text($0) }, partials)
            Issue.record("\(page)")
        }
        #expect(error?.code == .invalidInput || error?.code == .invalidPlugin)
        #expect(error?.issues.isEmpty == false || error?.message.text(in: .en).contains("line 1") == true)
    }

    @Test(
        "the policy is the first thing in the real head",
        arguments: [
            "<!-- <head> --><html><body><p>x</p></body></html>",
            "<html><head><title>T</title></head><body>x</body></html>",
            "<!DOCTYPE html>\n<HTML lang=\"en\">\n<HEAD>\n<meta charset=\"gbk\"><style>p{}</style></HEAD><body>x</body></HTML>",
            "<head><title>T</title></head><p>x</p>", "<body class=\"a\"><p>x</p></body>", "<p>x &lt;head&gt;</p>",
            "<!-- a --> <!-- <head> --><p>x</p>",
        ]
    )
    func policy(_ source: String) throws {
        let page = try render(source)
        let withoutComments = page.replacing(#/<!--.*?-->/#, with: "")
        let heads = withoutComments.lowercased().ranges(of: "<head>")
        let head = try #require(heads.first)
        #expect(heads.count == 1)
        let inside = withoutComments.dropFirst(
            withoutComments.lowercased().distance(from: withoutComments.lowercased().startIndex, to: head.upperBound)
        )
        let start = inside.drop(while: \.isWhitespace)
        #expect(start.hasPrefix("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\""), "\(page)")
        #expect(page.ranges(of: "charset=").count == 1)
        #expect(page.ranges(of: "Content-Security-Policy").count == 1)
    }

    @Test(
        "what people write is printed",
        arguments: [
            ("<p title=\"{{x}}\">{{x}}</p>", #"C:\Users\名"#), ("<p>{{x}} < 5 & more</p>", "<script>"),
            ("<a href=\"{{x}}\">x</a>", "https://a.b/c?d=1&e=2"), ("<a href=\"mailto:{{x}}\">x</a>", "a@b.c"),
            ("<a href=\"{{x}}\">x</a>", "www.a.b/c:d"), ("<a href=\"tel:{{x}}\">x</a>", "+86 27 1234"),
            ("<p style=\"width: {{x}}\">x</p>", "10%"), ("<p title=\"{{x}}\">x</p>", "see url(this) and javascript:"),
            ("<td class=num width=10% bgcolor=#fff>{{x}}</td>", "1"),
        ]
    )
    func harmless(_ source: String, _ value: String) throws {
        let page = try render(source, ["x": .text(value)])
        #expect(page.contains("</") && page.contains("Content-Security-Policy"))
    }

    @Test("a backslash in the attribute of a drawing prints; in one that is a style it does not")
    func drawing() throws {
        let root = #"<svg xmlns="http://www.w3.org/2000/svg">"#
        func svg(_ source: String, _ value: String) throws -> String {
            try PrintTemplate(name: "t.svg", source: root + source + "</svg>", format: .svg)
                .render(.group(["x": .text(value)]), language: .en).text
        }
        #expect(try svg("<text id=\"{{x}}\" x=\"1\">{{x}}</text>", #"C:\x"#).contains(#"id="C:\x""#))
        #expect(throws: PlatformError.self) { try svg("<rect fill=\"{{x}}\"/>", #"\75rl(http://a)"#) }
        #expect(throws: PlatformError.self) { try svg("<rect style=\"{{x}}\"/>", #"fill: \75rl(http://a)"#) }
    }

    @Test("a document of five thousand lines is a page; a template that grows by itself is not")
    func long() throws {
        let row = PrintValue.group(Dictionary(uniqueKeysWithValues: (0..<12).map { ("c\($0)", .text("值 & \($0)")) }))
        let cells = (0..<12).map { "<td>{{c\($0)}}</td>" }.joined()
        let lines = PrintValue.list(Array(repeating: row, count: 5000))
        let page = try render(
            "<table>{{#lines}}<tr>{{plusone(index())}}\(cells)</tr>{{/lines}}</table>",
            ["lines": lines]
        )
        #expect(page.ranges(of: "<tr>").count == 5000)
        let error = #expect(throws: PlatformError.self) {
            try render("{{#lines}}{{#lines}}<p>x</p>{{/lines}}{{/lines}}", ["lines": lines])
        }
        #expect(error?.code == .limitExceeded)
    }
}
