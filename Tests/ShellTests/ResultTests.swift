import Foundation
import Testing

@Suite("Results of commands and reports in the shell")
struct ResultTests {
    private static let main = """
        crm.command{name = "recall", title = {["zh-CN"] = "召回", en = "Recall"},
          params = {{name = "batch", required = true, label = {["zh-CN"] = "批号", en = "Batch"}}},
          run = function(args)
            print("working")
            return {text = "批号 " .. args.batch, columns = {
                {name = "hospital", label = {["zh-CN"] = "医院", en = "Hospital"}},
                {name = "boxes", type = "integer", total = true, label = {["zh-CN"] = "盒数", en = "Boxes"}}},
              rows = {{hospital = "市第一人民医院", boxes = 1200}, {hospital = "A", boxes = 3}},
              chart = {kind = "bar", label = "hospital", value = "boxes"}}
          end}
        crm.command{name = "hello", title = "Hello", run = function() return "hi" end}
        crm.report{name = "plain", title = "Plain", params = {{name = "by", default = "x"}},
          run = function(params) return {columns = {{name = "a", label = "A"}}, rows = {{a = params.by}}} end}
        """

    private func company() throws -> ShellFolder {
        let folder = try ShellFolder()
        try folder.write(Self.main, to: "small/main.lua")
        let made = try ShellRun(["new", "a.crm", "--with", "small"], in: folder)
        #expect(made.status == 0, "\(made.errors)")
        return folder
    }

    @Test("a command's table is shown as a report's is, aligned for Chinese, with its text above")
    func table() throws {
        let folder = try company()
        let run = try ShellRun(["command", "a.crm", "recall", "B25"], in: folder)
        #expect(
            run.output == """
                working
                召回
                批号 B25
                ┌────────────────┬───────┐
                │ 医院           │  盒数 │
                ├────────────────┼───────┤
                │ 市第一人民医院 │ 1,200 │
                │ A              │     3 │
                ├────────────────┼───────┤
                │ 合计           │ 1,203 │
                └────────────────┴───────┘

                市第一人民医院 ▏█████████████████████████████████████████████████████████████████████████████ 1,200
                A              ▏▎ 3

                """
        )
        let dotted = try ShellRun(["open", "a.crm"], in: folder, input: ".command recall batch=B25\n.quit\n")
        #expect(dotted.output.contains("│ 市第一人民医院 │ 1,200 │"))
    }

    @Test("with --json the structure is written, one line")
    func json() throws {
        let folder = try company()
        let run = try ShellRun(["command", "a.crm", "recall", "B25", "--json"], in: folder, language: "en")
        #expect(
            run.output == #"""
                {"output":"working"}
                {"title":"Recall","text":"批号 B25","columns":[{"name":"hospital","label":"Hospital","type":"text"},{"name":"boxes","label":"Boxes","type":"integer"}],"rows":[["市第一人民医院",1200],["A",3]],"totals":[null,1203],"chart":{"kind":"bar","label":"hospital","values":["boxes"]},"notes":[]}

                """#
        )
    }

    @Test("-o writes the form that the name ends in", arguments: ["csv", "html", "svg", "txt", "json"])
    func files(ending: String) throws {
        let folder = try company()
        let run = try ShellRun(["command", "a.crm", "recall", "B25", "-o", "out.\(ending)"], in: folder)
        #expect(run.status == 0)
        #expect(run.output == "working\n已写入 out.\(ending)\n")
        let text = try folder.read("out.\(ending)")
        let expected = [
            "csv": "市第一人民医院,1200\r\n", "html": "<p class=\"text\">批号 B25</p>", "svg": "<svg ",
            "txt": "│ 市第一人民医院 │ 1,200 │", "json": "\"rows\":[[\"市第一人民医院\",1200]",
        ]
        #expect(text.contains(expected[ending] ?? "?"), "\(text)")
    }

    @Test("what cannot be written to a file is said, with the ending that fits")
    func refusals() throws {
        let folder = try company()
        let ending = try ShellRun(["command", "a.crm", "recall", "B25", "-o", "out.pdf"], in: folder)
        #expect(ending.status != 0)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains(".svg"))
        let text = try ShellRun(["command", "a.crm", "hello", "-o", "out.csv"], in: folder)
        #expect(text.output == "hi\n")
        #expect(text.errors.contains("没有返回表格"))
        let kept = try ShellRun(["command", "a.crm", "hello", "-o", "out.txt"], in: folder)
        #expect(kept.status == 0)
        #expect(try folder.read("out.txt") == "hi\n")
        let chart = try ShellRun(["report", "a.crm", "plain", "y", "-o", "out.svg"], in: folder)
        #expect(chart.errors.contains("没有可画的图表"))
        let missing = try ShellRun(["command", "a.crm", "recall"], in: folder)
        #expect(missing.errors.contains("缺少批号（batch）：文本"))
    }

    @Test("a report takes values in order, by name and by --param")
    func report() throws {
        let folder = try company()
        for words in [["y"], ["by=y"], ["--param", "by=y"]] {
            let run = try ShellRun(["report", "a.crm", "plain"] + words + ["-o", "out.csv", "--force"], in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(try folder.read("out.csv").hasSuffix("y\r\n"))
        }
    }

    @Test("a print is written in the form of its page, and wrong names in it are told")
    func prints() throws {
        let folder = try company()
        try folder.write(
            "crm.print_template{name = \"card\", object = \"customer\", title = \"Card\"}",
            to: "small/main.lua"
        )
        try folder.write(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{{name}}{{nane}}</text></svg>",
            to: "small/print/card/zh-CN.svg"
        )
        #expect(try ShellRun(["new", "b.crm", "--with", "small"], in: folder).status == 0)
        #expect(try ShellRun(["create", "b.crm", "customer", "name=甲"], in: folder).status == 0)
        let run = try ShellRun(["print", "b.crm", "card", "customer/1", "-o", "x.svg"], in: folder)
        #expect(run.output == "已写入 x.svg\n")
        #expect(run.errors.contains("第 1 行第 55 列：数据里没有「nane」，是否指「name」？"), "\(run.errors)")
        #expect(try folder.read("x.svg").hasSuffix("<text>甲</text></svg>"))
        let json = try ShellRun(["print", "b.crm", "card", "customer/1", "-o", "y.svg", "--json"], in: folder)
        #expect(json.output.contains("\"format\":\"svg\""))
        let wrong = try ShellRun(["print", "b.crm", "card", "customer/1", "-o", "x.html"], in: folder)
        #expect(wrong.errors.contains(".svg"))
        let dotted = try ShellRun(["open", "b.crm"], in: folder, input: ".print card customer/1\n.quit\n")
        #expect(dotted.output.contains("<text>甲</text></svg>"))
    }
}
