-- One show from the first contact to the report after it, with figures computed by hand.

local fixtures = require "tests.support.fixtures"

local today = crm.date.today()

-- A show that opened yesterday and closes today, with four standard booths and one of raw space.
local function make_show()
  local show = fixtures.show("EXPO2026")
  show = crm.update(show, {
    move_in_on = today + -2, starts_on = today + -1, ends_on = today, balance_due_on = today + -2,
  })
  local n1, e1 = fixtures.hall(show, "N1"), fixtures.hall(show, "E1")
  return show, {
    fixtures.booth(n1, "N1-A01"),
    fixtures.booth(n1, "N1-A02", { sides = 2 }),
    fixtures.booth(e1, "E1-A01", { type = "raw_space", width = "6", depth = "6" }),
    fixtures.booth(n1, "N1-A03"),
    fixtures.booth(n1, "N1-A04"),
  }
end

local function make_budget(show)
  local budget = crm.create("show_budget", {
    show = show, name = "宣传预算", starts_on = crm.date.date(2026, 7, 1), amount = "100000.00",
    lines = {
      { item = "行业杂志", due_on = crm.date.date(2026, 8, 1), media = "professional", planned = "20000.00" },
      { item = "行业网站", due_on = crm.date.date(2026, 9, 15), media = "online", planned = "40000.00" },
      { item = "电视", due_on = crm.date.date(2026, 11, 1), media = "mass", planned = "40000.00" },
    },
  })
  crm.update("show_budget/" .. budget.id, { status = "approved" })
  local spent = { "18500.00", "39999.99", "40000.00" }
  for index, line in ipairs(crm.find("show_budget_line", nil, { sort = "due_on" })) do
    crm.update(line, { spent = spent[index] })
  end
end

local function make_customers()
  local customers = {}
  for index, name in ipairs({ "甲", "乙", "丙", "丁", "戊", "己" }) do
    customers[index] = fixtures.customer(name .. "农业有限公司", "1390000000" .. index, {
      exhibition_product_class = index == 2 and "hardware" or "seeds",
    })
  end
  return customers
end

local function visit(customer, outcome, more)
  local values = { customer = customer, subject = "首访", way = "visit", exhibition_first_visit = outcome }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  crm.create("follow_up", values)
end

local function participation_of(customer)
  return crm.find("participation", "customer = ?", { params = { customer.id }, sort = "id", limit = 1 })[1]
end

local function move(participation, status, values)
  values = values or {}
  values.status = status
  return crm.update("participation/" .. participation.id, values)
end

-- Six are invited; five decide to come, one of them after an objection, and the last refuses.
local function recruit(show, customers)
  for _, customer in ipairs(customers) do
    crm.create("participation", { show = show, customer = customer })
  end
  visit(customers[3], "objection", { exhibition_objection = "担心搭建", next_contact_on = today + 7 })
  for index = 1, 5 do
    visit(customers[index], "immediate")
    expect.equal(participation_of(customers[index]).status, "visited")
  end
  visit(customers[6], "refusal", { exhibition_refusal_reason = "只想参观" })
  expect.equal(participation_of(customers[6]).status, "cancelled")
end

local function order_services(participation)
  local function item(code, price)
    return crm.create("service_item", { code = code, name = code, kind = "rental", unit = "件", unit_price = price })
  end
  crm.create("participation_service", { participation = participation, item = item("CHAIR", "30.00"), quantity = "4" })
  crm.create("participation_service", { participation = participation, item = item("TABLE", "120.00"), quantity = "1" })
end

local function build_stand(participation)
  local job = crm.create("stand_job", { participation = participation })
  local steps = {
    { stage = "design", visited_on = today, materials_received = true, design_due_on = today },
    { stage = "signing", design_final_on = today, quoted_amount = "68000.00" },
    { stage = "production", contract_number = "DJ-1", contract_amount = "66000.00", signed_on = today },
    { stage = "construction", work_order = "GD-1", permits_ready = true },
    { stage = "on_show", built_on = today, accepted_on = today },
    { stage = "follow_up", dismantled_on = today, summary = "客户满意" },
  }
  for _, step in ipairs(steps) do
    job = crm.update("stand_job/" .. job.id, step)
  end
end

-- From the reserved booth to the signed contract.
local function sell(customers, booths)
  for index = 1, 5 do
    local participation = participation_of(customers[index])
    local values = { booth = booths[index], discount_rate = index == 2 and "5.00" or nil }
    participation = move(participation, "reserved", values)
    if index == 1 then
      order_services(participation)
    end
    fixtures.advance(crm.get("participation", participation.id), "contracted")
  end
end

local function totals_of(customers)
  local totals = {}
  for index = 1, 5 do
    totals[index] = tostring(participation_of(customers[index]).total)
  end
  return table.concat(totals, " ")
end

local function hold(customers)
  build_stand(participation_of(customers[3]))
  for index = 1, 5 do
    local participation = participation_of(customers[index])
    fixtures.pay(participation, participation.total)
    move(participation, "moved_in")
    move(participation, "moved_out")
  end
end

-- The customer who refused comes to look, with four others; one does not turn up.
local function welcome(show)
  local lead = crm.find("lead")[1]
  require("commands.register_visitor").run({ lead = lead.code, show = show.code })
  for index = 1, 4 do
    crm.create("visitor", { show = show, name = "观众" .. index, mobile = "1380000000" .. index, visits_on = today })
  end
  for index = 1, 4 do
    require("commands.check_in").run({ badge = "EXPO2026-V0000" .. index })
  end
end

local function survey(customers)
  local answers = {
    { true, 5, "yes" }, { true, 4, "yes" }, { true, 4, "maybe" }, { true, 5, "yes" }, { false, 2, "no" },
  }
  for index, answer in ipairs(answers) do
    crm.create("satisfaction_survey", {
      participation = participation_of(customers[index]),
      goal_reached = answer[1], score = answer[2], next_edition = answer[3],
    })
  end
  local visitors = crm.find("visitor", "status = 'checked_in'", { sort = "code" })
  for index, satisfied in ipairs({ true, true, false }) do
    crm.create("satisfaction_survey", { visitor = visitors[index], goal_reached = satisfied })
  end
end

local function report(name)
  return require("reports." .. name).run({ show = "EXPO2026" })
end

test("a show from the first contact to the report after it", function()
  local show, booths = make_show()
  make_budget(show)
  local customers = make_customers()
  recruit(show, customers)
  sell(customers, booths)
  -- 9 × 1480.00 + 4 × 30.00 + 120.00; (13320.00 + 10 %) − 5 %; 36 × 1200.00; 9 × 1480.00 twice
  expect.equal(totals_of(customers), "13560.00 13919.40 43200.00 13320.00 13320.00")
  hold(customers)
  welcome(show)
  -- the show is over, and the answers come in
  crm.update("show/" .. show.id, { status = "closed" })
  survey(customers)

  local sales = report("hall_sales").rows
  -- 43200.00 in E1; 13560.00 + 13320.00 + 13320.00 of seeds and 13919.40 of hardware in N1
  expect.equal(tostring(sales[1].amount), "43200.00")
  expect.equal(tostring(sales[2].amount), "40200.00")
  expect.equal(tostring(sales[3].amount), "13919.40")

  local funnel = report("recruitment_funnel").rows
  expect.equal(funnel[1].reached, 6)
  expect.equal(funnel[2].reached, 5)
  expect.equal(funnel[8].reached, 5)
  -- five of six
  expect.equal(tostring(funnel[8].of_invited), "83.33")
  expect.equal(funnel[9].now, 1)

  local evaluation = report("show_evaluation")
  local exhibitors, visitors = evaluation.rows[1], evaluation.rows[2]
  expect.equal(exhibitors.present, 5)
  expect.equal(exhibitors.satisfied, 4)
  expect.equal(tostring(exhibitors.share), "80.00")
  expect.equal(exhibitors.verdict, "达标")
  -- (5 + 4 + 4 + 5 + 2) / 5
  expect.equal(tostring(exhibitors.score), "4.00")
  expect.equal(visitors.present, 4)
  expect.equal(tostring(visitors.response), "75.00")
  -- two of three
  expect.equal(tostring(visitors.share), "66.67")
  expect.equal(visitors.verdict, "未达标")
  -- 13560.00 + 13919.40 + 43200.00 + 13320.00 + 13320.00, all of it paid; 18500.00 + 39999.99 + 40000.00 spent
  expect.truthy(evaluation.notes:find("参展收入 97,319.40 元，已收 97,319.40 元，宣传支出 98,499.99 元", 1, true))
  expect.truthy(evaluation.notes:find("参加 3、考虑 1、不参加 1", 1, true))

  local following = fixtures.show("EXPO2027")
  crm.update(following, { previous = show })
  local invite = require("commands.invite_next_edition").run
  expect.error(function()
    invite({ to = "EXPO2026", from = "EXPO2027" })
  end, "还没有已撤展或已回访的展商")
  expect.truthy(invite({ to = "EXPO2027" }):find("新邀请 4 家，已在其中 0 家，表示不参加 1 家", 1, true))
  expect.truthy(invite({ to = "EXPO2027", from = "EXPO2026" }):find("新邀请 0 家，已在其中 4 家", 1, true))
  expect.equal(crm.count("participation", "show = ? and status = 'invited'", { params = { following.id } }), 4)
end)
