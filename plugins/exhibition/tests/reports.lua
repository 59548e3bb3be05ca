local fixtures = require "tests.support.fixtures"

local decimal = crm.decimal

local function report(name, params)
  return require("reports." .. name).run(params or {}).rows
end

test("first visits are counted beside what experience expects", function()
  local world = fixtures.world()
  local function customers(count, outcome)
    for index = 1, count do
      fixtures.customer(outcome .. index .. "公司", nil, { exhibition_first_visit = outcome })
    end
  end
  crm.update("show/" .. world.show.id, { status = "planning" })
  customers(1, "immediate")
  customers(5, "objection")
  customers(2, "refusal")
  fixtures.participation(world, crm.find("customer", "exhibition_first_visit = 'immediate'")[1], world.plain)
  local declined = crm.find("customer", "exhibition_first_visit = 'objection'")[1]
  local third = fixtures.booth(world.n1, "N1-A03")
  crm.update(fixtures.participation(world, declined, third), { status = "cancelled" })
  local rows = report("first_visits")
  -- 1, 5 and 2 of 8
  expect.equal(rows[1].customers, 1)
  expect.equal(tostring(rows[1].share), "12.50")
  expect.equal(tostring(rows[1].expected), "5.00")
  expect.equal(rows[1].exhibitors, 1)
  expect.equal(tostring(rows[2].share), "62.50")
  expect.equal(rows[2].exhibitors, 0)
  expect.equal(tostring(rows[3].share), "25.00")
  -- two leads of visitors, of which nobody has registered
  expect.equal(rows[3].leads, 2)
  expect.equal(rows[3].visitors, 0)
  -- the two customers of the fixtures
  expect.equal(rows[4].customers, 2)
  expect.equal(rows[4].share, nil)

  -- one registers as a visitor, and so does somebody who buys; each counts once, and no longer when cancelled
  crm.update("show/" .. world.show.id, { status = "recruiting" })
  local lead = crm.find("lead", "kind = 'exhibition_visitor'", { sort = "id" })[1]
  crm.update(lead, { mobile = "13900000009" })
  require("commands.register_visitor").run({ lead = lead.code })
  local buyer = crm.find("customer", "exhibition_first_visit = 'immediate'")[1]
  for index = 1, 2 do
    crm.create("visitor", { show = world.show, customer = buyer, name = "王" .. index, kind = "trade", mobile = "1390000001" .. index })
  end
  rows = report("first_visits")
  expect.equal(rows[3].leads, 2)
  expect.equal(rows[3].visitors, 1)
  expect.equal(rows[1].visitors, 1)
  crm.update(crm.find("visitor", "lead = ?", { params = { lead.id } })[1], { status = "cancelled" })
  expect.equal(report("first_visits")[3].visitors, 0)
end)

test("agents are compared with their targets", function()
  local world = fixtures.world()
  local function agent(code, rate)
    return crm.create("recruiting_agent", { code = code, name = "代理" .. code, commission_rate = decimal(rate) })
  end
  local first, second = agent("A1", "5.00"), agent("A2", "8.00")
  crm.create("agent_target", { agent = first, show = world.show, area = decimal("36.00"), amount = decimal("50000.00") })
  crm.create("agent_target", { agent = second, show = world.show, area = decimal("18.00") })
  fixtures.participation(world, world.seeds, world.plain, { agent = first })
  fixtures.participation(world, world.tools, world.corner, { agent = first })
  fixtures.participation(world, fixtures.customer("丙公司", "13900000003"), world.raw, { agent = second, status = "reserved" })
  local rows = report("agent_targets")
  expect.equal(rows[1].agent, "代理A1")
  expect.equal(rows[1].booths, 2)
  -- 18 of 36 m²; 13320.00 + 14652.00 = 27972.00 of 50000.00; 5 % commission
  expect.equal(tostring(rows[1].area_done), "50.00")
  expect.equal(tostring(rows[1].amount), "27972.00")
  expect.equal(tostring(rows[1].amount_done), "55.94")
  expect.equal(tostring(rows[1].commission), "1398.60")
  -- what is only reserved is not sold
  expect.equal(tostring(rows[2].area), "0.00")
  expect.equal(tostring(rows[2].area_done), "0.00")
  expect.equal(rows[2].amount_done, nil)
  expect.error(function()
    crm.create("agent_target", { agent = first, show = fixtures.show("OTHER2027") })
  end, "目标面积和目标金额至少填写一项")
end)

test("the budget is shown by phase beside the curve", function()
  local show = fixtures.show()
  expect.error(function()
    report("budget_curve")
  end, "还没有宣传预算")
  local budget = crm.create("show_budget", {
    show = show, name = "宣传预算", starts_on = crm.date.date(2026, 11, 1), amount = decimal("100000.00"),
    lines = {
      { item = "专业杂志", due_on = crm.date.date(2026, 12, 1), media = "professional", planned = decimal("9990.00") },
      { item = "行业网站", due_on = crm.date.date(2027, 2, 1), media = "online", planned = decimal("30000.00") },
      { item = "电视", due_on = crm.date.date(2027, 4, 1), media = "mass", planned = decimal("45010.00") },
    },
  })
  expect.equal(tostring(budget.planned), "85000.00")
  local rows = report("budget_curve")
  expect.equal(tostring(rows[1].share), "9.99")
  expect.equal(rows[1].verdict, "偏低")
  expect.equal(rows[1].range, "10–20 %")
  expect.equal(rows[2].verdict, "符合")
  expect.equal(tostring(rows[3].share), "45.01")
  expect.equal(rows[3].verdict, "偏高")
  expect.equal(tostring(rows[4].planned), "0.00")
end)
