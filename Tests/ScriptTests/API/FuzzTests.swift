import CRMPlatform
import TestSupport
import Testing

@Suite("The Lua interface under nonsense", .tags(.fuzz))
struct FuzzTests {
    /// Calls every function of `crm`, and every method of its values, with arguments drawn from a pool of nasty ones.
    private static let script = """
        local seed, calls = ...
        seed, calls = tonumber(seed), tonumber(calls)
        local function random(n)
          seed = seed ~ (seed << 13) seed = seed ~ (seed >> 7) seed = seed ~ (seed << 17)
          return (seed >> 11) % n + 1
        end
        local person = crm.create("person", {name = "p"})
        local deal = crm.create("deal", {name = "d", amount = "1.50", due = "2026-11-21", owner = person})
        local deep = {} do local t = deep for _ = 1, 60 do t.x = {} t = t.x end end
        local loop = {} loop.loop = loop
        local pool = {
          true, false, 0, 1, -1, 42, 9, math.maxinteger, math.mininteger, 1e300, -1e300, 0/0, 1/0, 0.5, 2^53, 2^63, "", "deal",
          "person", "deal/1", "deal/999", "deal/-1", "deal/99999999999999999999", "name", "amount", "name = ?", "amount > 1",
          "name like '%' and (", "1 = 1", "id desc", "nothing desc", string.rep("x", 70000), "\\0", "\\xff\\xfe", "2026-02-30",
          "2026-11-21", "9999-12-31", "0001-01-01", "1e308", "-0", "12.50", "before_save", "[1,2", "{\\"a\\":[1.5,null]}", "zh",
          {}, {1, 2, 3}, {name = "x"}, {name = 1e300, amount = "1e999"}, {amount = math.mininteger}, {quantity = 2^63},
          {name = "x", owner = deal}, {name = "x", due = {}}, {params = {1}}, {params = {deal, 0/0}}, {limit = 0},
          {limit = math.maxinteger}, {limit = 1.5}, {sort = 5}, {sort = "name desc, id"}, {after = "nonsense"}, {version = -1},
          {group = {"owner"}, measures = {n = "count()"}}, {measures = {n = "sum(name)"}}, {group = {"name", {}}}, {where = {}},
          {name = "r", run = print}, {deals = {{name = "c"}, {name = {}}}}, {id = 1, version = 7}, deep, loop,
          print, function() error({}) end, person, deal, crm.decimal("12.50"), crm.decimal("9223372036854775807"),
          crm.decimal("-9223372036.854775808"), crm.date.today(), crm.date.parse("9999-12-31"), crm.date.now(),
          setmetatable({}, {__index = function() error("no") end, __tostring = function() return 1 end}),
        }
        local functions = {}
        local function walk(prefix, value)
          local names = {}
          for key in pairs(value) do if type(key) == "string" then names[#names + 1] = key end end
          table.sort(names)
          for _, key in ipairs(names) do
            local member = value[key]
            if type(member) == "function" then functions[#functions + 1] = {prefix .. key, member}
            elseif type(member) == "table" then walk(prefix .. key .. ".", member) end
          end
        end
        walk("crm.", crm)
        local targets = {person, deal, crm.decimal("12.50"), crm.decimal("9223372036854775807"), crm.decimal("0.000000001"),
          crm.date.today(), crm.date.parse("9999-12-31"), crm.date.parse("0001-01-01"), crm.date.now()}
        local methods = {"changed", "old", "is_new", "id_of", "label", "object", "title", "to_table", "round", "div", "format",
          "to_number", "is_zero", "add_months", "add_days", "start_of_month", "end_of_month", "date", "year", "nothing"}
        local operators = {
          function(a, b) return a + b end, function(a, b) return a - b end, function(a, b) return a * b end,
          function(a, b) return a / b end, function(a) return -a end, function(a, b) return a < b end,
          function(a, b) return a <= b end, function(a, b) return a == b end, function(a, b) return a .. b end,
          function(a, b) return a[b] end, function(a, b) if type(a) ~= "table" then a[b] = 1 end end, function(a) return #a end, function(a) return a() end,
          function(a, b) return a % b end, function(a, b) return a // b end, function(a, b) return a ^ b end,
          function(a, b) return a & b end, function(a) return tostring(a) end, function(a) for x in pairs(a) do end end,
        }
        local likely = {
          {"deal", "person", "deal/1", "person/1", "deal/2", deal, person, "2026-11-21", "12.50", 2026, 2026, 2026, {name = "x"}},
          {"name = ?", "amount > 1 and owner.name = ?", "due > today()", {name = "x"}, {name = "y", amount = "2.50", quantity = 3},
           {name = "z", due = "2026-01-01", owner = person, is_open = true}, {measures = {n = "count()"}},
           {group = {"stage"}, measures = {s = "sum(amount)"}}, {deals = {{name = "c"}}, name = "p"}, 1, 2, 11, {a = 1}},
          {{params = {"x"}}, {sort = "name desc, id", limit = 5}, {limit = 1, params = {"y"}}, {version = 1}, 21, 21, 21},
        }
        local function draw(position)
          local list = random(3) == 1 and pool or likely[position or random(3)]
          if random(9) == 1 then return nil end
          return list[random(#list)]
        end
        local fine = {}
        for _ = 1, calls do
          local kind, ok, result = random(4)
          if kind == 1 then
            local target = targets[random(#targets)]
            ok, result = pcall(function() return target[methods[random(#methods)]](target, draw(), draw()) end)
          elseif kind == 2 then
            ok, result = pcall(operators[random(#operators)], targets[random(#targets)], draw())
            ok, result = pcall(operators[random(#operators)], draw(), targets[random(#targets)])
          else
            local name, body = table.unpack(functions[random(#functions)])
            -- Deleting much would leave little to meet.
            if name == "crm.delete" and random(40) > 1 then body = crm.get end
            ok, result = pcall(body, draw(1), draw(2), draw(3))
            if ok then fine[name] = (fine[name] or 0) + 1 end
            if ok and type(result) == "function" then pcall(result) end
          end
        end
        for name, count in pairs(fine) do print("fine " .. name .. " " .. count) end
        """

    @Test(
        "half a million wild calls end in values or errors, never in a crash; the file stays sound",
        arguments: [1, 77, 4243, 99_991]
    )
    func wildCalls(_ seed: Int) throws {
        let company = try ScriptCompany()
        let lines = Lines()
        try company.platform.runScript(
            Self.script,
            name: "fuzz.lua",
            as: .administrator,
            arguments: [String(seed), "150000"]
        ) { lines.append($0) }
        let fine = Set(lines.all.filter { $0.hasPrefix("fine crm.") }.compactMap { $0.split(separator: " ")[1] })
        // Some calls make sense, so that what they do meets what the others left behind.
        let needed: Set<Substring> = [
            "crm.create", "crm.update", "crm.get", "crm.find", "crm.each", "crm.count", "crm.aggregate", "crm.delete",
            "crm.decimal", "crm.date.date", "crm.date.parse", "crm.json.encode", "crm.t",
        ]
        #expect(needed.subtracting(fine) == [])
        #expect(try company.platform.check().map { $0.message.text(in: .en) } == [])
        try company.run("crm.create('deal', {name = 'after'})")
    }
}
