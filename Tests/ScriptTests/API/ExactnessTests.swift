import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Amounts and numbers of scripts are exact or refused")
struct ExactnessTests {
    @Test(
        "arithmetic on amounts gives the exact result",
        arguments: [
            ("crm.decimal('0.10') + crm.decimal('0.20')", "0.30"), ("0.1 + crm.decimal('0.2')", "0.3"),
            ("crm.decimal('19.99') * 3", "59.97"), ("3 * crm.decimal('19.99')", "59.97"),
            ("-crm.decimal('0.05')", "-0.05"),
            ("crm.decimal('1.005'):round(2)", "1.01"), ("crm.decimal('-1.005'):round(2)", "-1.01"),
            ("crm.decimal('10.00'):div(3)", "3.33"), ("crm.decimal(10) / 4", "2.500000"),
            ("crm.decimal('9007199254740993') + 1", "9007199254740994"),
            ("crm.decimal(9007199254740993)", "9007199254740993"), ("crm.decimal(2^53)", "9007199254740992"),
            ("crm.decimal('0.1') == crm.decimal('0.10')", "true"), ("crm.decimal('100.00') <= 100", "true"),
            ("100 >= crm.decimal('100.00')", "true"), ("crm.decimal('99.99') < 100", "true"),
            ("crm.decimal('0.30') == 0.1 + crm.decimal('0.2')", "true"),
            ("9007199254740993 < crm.decimal('9007199254740994')", "true"),
        ]
    )
    func exact(_ expression: String, _ result: String) throws {
        #expect(try ScriptCompany().run("print(\(expression))") == [result])
    }

    @Test(
        "a number that floating point has changed, and a result that does not fit, are refused",
        arguments: [
            "crm.decimal(0.1 + 0.2)", "crm.decimal(2^60)", "crm.decimal(1111111.1 * 7)",
            "crm.decimal(123456789012.345678)",
            "crm.decimal(1/0)", "crm.decimal('9223372036854775807') + 1", "crm.decimal(1) / 0",
            "crm.decimal('1.00'):div(0)",
            "crm.decimal('5000000000000.000000') * crm.decimal('5.000')",
            "crm.create('deal', {name = 'x', amount = 2^60})",
            "crm.create('deal', {name = 'x', quantity = 2^60 + 0.5})",
            "crm.count('deal', 'amount > ?', {params = {0.1 + 0.2}})",
            "crm.json.decode('{\"id\": 12345678901234567890}')", "crm.json.decode('[0.1234567890123456789]')",
            "crm.date.today() + 9999999", "crm.date.today():add_months(999999)", "crm.date.date(2026, 2, 29)",
            "crm.date.today() - 9999999", "crm.date.date(9999, 12, 31) + 1",
        ]
    )
    func refused(_ expression: String) throws {
        let company = try ScriptCompany()
        let lines = try company.run("print((pcall(function() return \(expression) end)))")
        #expect(lines == ["false"])
        #expect(try company.run("print(crm.count('deal'))") == ["0"])
    }

    @Test(
        "JSON that a Lua number or a text does not keep is refused in both directions, with its place",
        arguments: [
            ("crm.json.decode('[1e400]')", "[1]"), ("crm.json.decode('{\"a\": {\"b\": [0, 1E-400]}}')", "a.b[2]"),
            ("crm.json.decode('9007199254740993.0')", "9007199254740993.0"), ("crm.json.decode('-1e309')", "-1e309"),
            ("crm.json.decode('0.30000000000000003')", "0.30000000000000003"),
            ("crm.json.decode('{\"n\": 12345678901234567890}')", "at n:"),
            ("crm.json.encode('\\xff')", "UTF-8"),
            ("crm.json.encode({lines = {{}, {name = '\\xff'}}})", "lines[2].name"),
            ("crm.json.encode({a = 0/0})", "at a:"), ("crm.json.encode({1, 1/0})", "[2]"),
            ("crm.json.encode(-1/0)", "-inf"),
            ("crm.json.encode({['\\xff'] = 1})", "UTF-8"), ("crm.json.encode({[1.5] = 1, ['1.5'] = 2})", "1.5"),
        ]
    )
    func lossyJSON(_ expression: String, _ place: String) throws {
        let text = try #require(ScriptCompany().failure("print(\(expression))")).text(in: .en)
        #expect(text.contains("#1") && text.contains(place), "\(text)")
    }

    @Test(
        "JSON that a Lua number keeps is read, also when it is written with more digits than it needs",
        arguments: [
            ("0.1", "0.1"), ("0.10000000000000001", "0.1"), ("1.10", "1.1"), ("-0.0", "-0.0"), ("1e2", "100.0"),
            ("9007199254740992.0", "9.007199254741e+15"), ("0.30000000000000004", "0.3"), ("1E-300", "1e-300"),
            ("123456.7890", "123456.789"), ("9223372036854775807", "9223372036854775807"), ("0e5", "0.0"),
        ]
    )
    func exactJSON(_ json: String, _ shown: String) throws {
        #expect(try ScriptCompany().run("print(crm.json.decode('\(json)'))") == [shown])
    }

    @Test("the log tells what JSON would lose")
    func log() throws {
        let lines = try ScriptCompany().run(
            "crm.log.info('a\\xffb', {t = '\\xfe', n = 0/0 ~= 0 and 1/0, f = print, ['\\xfd'] = 1}) print('\\xffü')"
        )
        #expect(
            lines.first?.contains(#"a\xFFb {"\\xFD":1,"f":"<function>","n":"inf","t":"\\xFE"}"#) == true,
            "\(lines)"
        )
        #expect(lines.last == #"\xFFü"#)
    }

    @Test("ten thousand amounts add up to the cent, in Lua and in the database")
    func sums() throws {
        let lines = try ScriptCompany().run(
            """
            for i = 1, 1000 do crm.create('deal', {name = 'd', amount = '0.10'}) end
            local total = 0
            for _, d in ipairs(crm.find('deal', nil, {limit = 5000})) do total = total + d.amount end
            local sum = crm.aggregate('deal', {measures = {s = 'sum(amount)', a = 'avg(amount)'}})[1]
            print(total, sum.s, sum.s == total, sum.a == crm.decimal('0.1'))
            """
        )
        #expect(lines == ["100.00\t100.00\ttrue\ttrue"])
    }

    @Test("ten thousand and one groups all come")
    func groups() throws {
        let company = try ScriptCompany()
        _ = try company.platform.write(as: .administrator, origin: .shell) { session in
            for number in 1...10_001 {
                _ = try session.create(object("deal"), ["name": "d", "quantity": "\(number)"])
            }
        }
        let lines = try company.run(
            """
            local groups = crm.aggregate('deal', {group = {'quantity'}, measures = {n = 'count()'}})
            local total = 0
            for _, group in ipairs(groups) do total = total + group.n end
            print(#groups, total)
            """
        )
        #expect(lines == ["10001\t10001"])
    }

    @Test("a comparison that Lua answers without looking is told by the check")
    func comparisons() throws {
        let folder = try ScratchFolder()
        let main = """
            crm.on("deal", "before_save", function(deal)
              if deal.amount == 100 then deal.name = "a" end
              if 0 ~= deal.owner.deal.amount then deal.name = "b" end
              if deal.due == "2026-11-30" then deal.name = "c" end
              if deal.amount == crm.decimal(100) or deal.quantity == 1 or deal.name == "x" then deal.name = "d" end
              if #deal.amount == 0 or deal.amount <= 100 then deal.name = "e" end
            end)
            """
        let files = ScriptCompany.metadata.merging(["main.lua": main], uniquingKeysWith: { $1 })
        let warnings = Platform.reviewPlugin(folder: try folder.plugin("money", files)).warnings
        let told = warnings.filter { $0.message.text(in: .en).contains("never takes for equal") }
        #expect(told.map { $0.context.line } == [2, 3, 4])
        #expect(told.first?.message.text(in: .en).contains("\"amount\"") == true)
    }
}
