import CRMModel
import CRMPlatform
import Testing

@Suite("Parameters and results of commands")
struct CommandResultTests {
    /// A command that says what it was given, and one that returns what its parameter names.
    static let main = """
        crm.command{name = "tell", title = {["zh-CN"] = "说明", en = "Tell"}, params = {
            {name = "batch", required = true, label = {["zh-CN"] = "批号", en = "Batch"}},
            {name = "day", type = "date", label = {["zh-CN"] = "日期", en = "Day"}},
            {name = "n", type = "integer", default = 2, label = "N"},
            {name = "paid", type = "boolean", label = "Paid"}},
          run = function(args)
            return args.batch .. "|" .. tostring(args.day) .. "|" .. tostring(args.n) .. "|" .. tostring(args.paid)
          end}
        crm.command{name = "give", title = "Give", params = {{name = "what"}}, run = function(args)
          crm.create("deal", {name = "given"})
          if args.what == "number" then return 12 end
          if args.what == "words" then return {["zh-CN"] = "完成", en = "Done"} end
          if args.what == "text" then return {text = "only a text"} end
          if args.what == "table" then
            return {title = "Recall", text = "2 rows", columns = {{name = "hospital", label = "Hospital"},
              {name = "boxes", type = "integer", total = true, label = "Boxes"}},
              rows = {{hospital = "市一", boxes = 3}, {hospital = "市二", boxes = 4}},
              chart = {kind = "bar", label = "hospital", value = "boxes"}}
          end
          if args.what == "truth" then return true end
          if args.what == "rows" then return {rows = {}} end
        end}
        crm.report{name = "needed", title = "Needed", params = {{name = "by", required = true, label = "By"}},
          run = function(params) return {text = "by " .. params.by, columns = {{name = "a", label = "A"}}, rows = {}} end}
        """

    private func tell(_ input: ParameterInput) throws -> String? {
        let company = try ScriptCompany(Self.main)
        let result = try company.platform.runCommand("tell", parameters: input, as: .administrator) { _ in }
        guard case .text(let text) = result else { return nil }
        return text.text(in: .en)
    }

    @Test("values without a name fill the parameters in their order, beside values with one")
    func positional() throws {
        #expect(try tell(ParameterInput(words: ["B25", "2026/11/5"])) == "B25|2026-11-05|2|nil")
        #expect(try tell(ParameterInput(words: ["n=7", "B25", "paid=是"])) == "B25|nil|7|true")
        #expect(try tell(["batch": "https://a.b/?x=1"]) == "https://a.b/?x=1|nil|2|nil")
        #expect(ParameterInput(words: ["https://a.b/?x=1"]).positional == ["https://a.b/?x=1"])
        #expect(ParameterInput(words: ["a=b=c"]).named == [.init(name: "a", value: "b=c")])
        #expect(ParameterInput(words: ["=b"]).positional == ["=b"])
    }

    @Test("everything that is wrong with parameters is told at once, with label and what is expected")
    func wrong() throws {
        let error = refusal {
            _ = try tell(ParameterInput(words: ["day=soon", "n=1", "n=2", "paid=maybe", "batsh=B25"]))
        }
        #expect(
            error?.issues.map { $0.message.text(in: .zhCN) } == [
                "N（n）给了两次", "没有参数「batsh」。可用：batch（批号）、day（日期）、n（N）、paid（Paid）", "缺少批号（batch）：文本",
                "日期（day）应为日期，如 2026-11-21，收到「soon」", "Paid（paid）应为是或否，收到「maybe」",
            ]
        )
        #expect(error?.message.text(in: .zhCN) == "「说明」的参数有误：")
        let surplus = refusal { _ = try tell(ParameterInput(words: ["a", "2026-11-05", "1", "no", "more"])) }
        #expect(
            surplus?.issues.map { $0.message.text(in: .en) } == [
                "there is no parameter for \"more\". Parameters: batch (Batch), day (Day), n (N), paid (Paid)"
            ]
        )
        // An empty value is none.
        #expect(refusal { _ = try tell(["batch": ""]) }?.issues.map(\.code) == ["parameter_missing"])
        let company = try ScriptCompany(Self.main)
        let report = refusal { _ = try company.platform.runReport("needed", as: .administrator) }
        #expect(report?.issues.map { $0.message.text(in: .en) } == ["By (by) is missing: a text"])
        #expect(
            try company.platform.runReport("needed", parameters: ["by": "hall"], as: .administrator).text?.text(in: .en)
                == "by hall"
        )
    }

    static let grouped = """
        crm.command{name = "group", title = "Group", params = {
            {name = "by", default = "country", label = {["zh-CN"] = "分组", en = "By"}, options = {
              {value = "country", label = {["zh-CN"] = "国家", ["zh-TW"] = "國家或地區", en = "Country"}},
              {value = "month", label = {["zh-CN"] = "月份", en = "Month"}}, "week"}}},
          run = function(args) return args.by end}
        """

    @Test(
        "a parameter with options takes their values and their labels in every language, and the script gets the value",
        arguments: [
            ("", "country"), ("by=month", "month"), ("by=月份", "month"), ("by=Month", "month"), ("分组=ＭＯＮＴＨ", "month"),
            ("by=國家或地區", "country"), ("by=国家", "country"), ("week", "week"), ("by=day", nil),
        ] as [(String, String?)]
    )
    func options(word: String, expected: String?) throws {
        let company = try ScriptCompany(Self.grouped)
        let input = ParameterInput(words: word.isEmpty ? [] : [word])
        guard let expected else {
            let error = refusal {
                _ = try company.platform.runCommand("group", parameters: input, as: .administrator) { _ in }
            }
            #expect(
                error?.issues.map { $0.message.text(in: .zhCN) } == [
                    "分组（by）应为其中之一：country（国家）、month（月份）、week，收到「day」"
                ]
            )
            return
        }
        let result = try company.platform.runCommand("group", parameters: input, as: .administrator) { _ in }
        guard case .text(let text) = result else {
            Issue.record("no text")
            return
        }
        #expect(text.text(in: .en) == expected)
    }

    @Test(
        "options that make no sense are refused when the plugin is loaded",
        arguments: [
            #"type = "integer", options = {"1"}"#, "options = {}", #"options = "a""#, #"options = {"a", "a"}"#,
            #"options = {{label = "A"}}"#, #"options = {{value = "a", lable = "A"}}"#,
            #"default = "b", options = {"a"}"#,
        ]
    )
    func wrongOptions(members: String) {
        #expect(throws: PlatformError.self) {
            try ScriptCompany("crm.command{name = 'x', params = {{name = 'by', \(members)}}, run = function() end}")
        }
    }

    @Test(
        "a command returns nothing, a text, or a table with a title and a text",
        arguments: [("nothing", "-"), ("number", "12"), ("words", "完成"), ("text", "only a text")]
    )
    func texts(what: String, expected: String) throws {
        let company = try ScriptCompany(Self.main)
        switch try company.platform.runCommand("give", parameters: ["what": what], as: .administrator, output: { _ in })
        {
        case .nothing: #expect(expected == "-")
        case .text(let text): #expect(text.text(in: .zhCN) == expected)
        case .table: Issue.record("a table")
        }
        #expect(try company.count("deal") == 1)
    }

    @Test("a table is a report's result")
    func table() throws {
        let company = try ScriptCompany(Self.main)
        let result = try company.platform.runCommand("give", parameters: ["what": "table"], as: .administrator) { _ in }
        guard case .table(let table) = result else {
            Issue.record("no table")
            return
        }
        #expect(table.title.text(in: .en) == "Recall")
        #expect(table.text?.text(in: .en) == "2 rows")
        #expect(table.rows == [[.text("市一"), .integer(3)], [.text("市二"), .integer(4)]])
        #expect(table.totals == [nil, .integer(7)])
        #expect(table.chart?.valueColumns == ["boxes"])
    }

    @Test("when the result cannot be shown nothing is kept", arguments: ["truth", "rows"])
    func refused(what: String) throws {
        let company = try ScriptCompany(Self.main)
        let error = refusal {
            try company.platform.runCommand("give", parameters: ["what": what], as: .administrator) { _ in }
        }
        #expect(error?.text(in: .en).contains("\"give\" returned cannot be shown") == true)
        #expect(error?.context.plugin?.rawValue == "demo")
        #expect(try company.count("deal") == 0)
    }

    @Test(
        "a parameter that is defined wrongly is named when the plugin is installed",
        arguments: [
            ("{name = 'A b'}", "'name'"), ("{name = 'a', type = 'money'}", "no type 'money'; types are text, integer"),
            ("{name = 'a', require = true}", "unknown member 'require'"),
            ("{name = 'a', required = 'yes'}", "'required' must be true or false"),
            ("{name = 'a', required = true, default = '1'}", "leave one of them out"),
            ("{name = 'a', type = 'date', default = 'soon'}", "the default 'soon' is not of the type date"),
            ("{name = 'a'}, {name = 'a'}", "'a' is there twice"),
        ]
    )
    func definitions(parameter: String, says: String) throws {
        let error = refusal {
            let company = try ScriptCompany()
            try company.install(
                "crm.command{name = 'c', title = 'C', params = {\(parameter)}, run = function() end}"
            )
            _ = try company.platform.runCommand("c", as: .administrator) { _ in }
        }
        #expect(error?.text(in: .en).contains(says) == true, "\(error?.text(in: .en) ?? "none")")
    }
}
