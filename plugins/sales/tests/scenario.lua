-- From the first call to the last report: one lead, one customer, one sale, all figures computed by hand.

local categories = require "lib.categories"
local fixtures = require "tests.support.fixtures"

local same = fixtures.same

local function run(command, args)
  return require("commands." .. command).run(args)
end

local function report(name, params)
  return require("reports." .. name).run(params).rows
end

local function refused(change, text)
  expect.error(change, text)
end

test("from lead to receipt, with a wrong input at each step", function()
  local wang = fixtures.salesperson("王伟", { code = "S01" })
  local box = fixtures.product("CT-001", "五层纸箱", "8.65", { category = categories.ensure("包装/纸箱") })
  local film = fixtures.product("FL-001", "缠绕膜", "39.90", { category = categories.ensure("包装/薄膜") })

  -- A lead calls.
  refused(function() crm.create("lead", { mobile = "13900000001" }) end, "姓名")
  refused(function() crm.create("lead", { name = "张三", city = "wuhan" }) end, "请先选择省份")
  local lead = crm.create("lead", {
    name = "张三", company = "武汉达川农业有限公司", mobile = "13900000001", province = "hubei", city = "wuhan",
    source = "website", interest = "包装材料", owner = wang,
  })
  run("convert_lead", { lead = lead.code })
  lead = crm.get("lead", lead.id)
  local customer, opportunity = lead.customer, lead.opportunity
  expect.equal(customer.code, "C2026-000001")
  expect.equal(customer.status, "potential")
  refused(function()
    crm.create("customer", { name = "武汉达川农业股份有限公司", mobile = "139-0000-0001" })
  end, "customer/1")

  -- He is called back; B means 15 days.
  refused(function()
    crm.create("follow_up", { customer = customer, subject = "回访", contacted_on = "2026-12-01" })
  end, "不能晚于今天")
  crm.create("follow_up", {
    customer = customer, opportunity = opportunity, contacted_on = "2026-11-02", grade = "B",
    subject = "了解需求", result = "要求报价",
  })
  customer = crm.get("customer", customer.id)
  expect.equal(customer.grade.code, "B")
  -- 2 November and 15 days: 17 November, four days ago
  expect.equal(tostring(customer.next_contact_on), "2026-11-17")
  local overdue = report("follow_ups_overdue", { owner = "王伟", ahead = 0 })
  expect.equal(#overdue, 1)
  expect.equal(overdue[1].days, 4)

  -- He gets a quote: 1,200 boxes at 8.65 less 3 % are 10,068.60, 45 films at 39.90 are 1,795.50.
  refused(function()
    crm.create("quote", { customer = customer, lines = { { product = box, quantity = "-1" } } })
  end, "数量")
  local quote = fixtures.document("quote", customer, {
    { product = box, quantity = "1200", discount_rate = "3.00" },
    { product = film, quantity = "45" },
  }, { opportunity = opportunity, discount_rate = "2.00" })
  same(quote.lines[1].amount, "10068.60")
  same(quote.lines[2].amount, "1795.50")
  same(quote.subtotal, "11864.10")
  -- 2 % is 237.282, so 237.28: 201.372 and 35.91, cut 201.37 + 35.91 = 237.28
  same(quote.discount, "237.28")
  same(quote.lines[1].discount_share, "201.37")
  same(quote.lines[2].discount_share, "35.91")
  -- 13 % of 9,867.23 is 1,282.7399, of 1,759.59 it is 228.7467
  same(quote.lines[1].tax, "1282.74")
  same(quote.lines[2].tax, "228.75")
  same(quote.net, "11626.82")
  same(quote.tax, "1511.49")
  same(quote.total, "13138.31")
  refused(function() run("quote_to_order", { quote = quote.code }) end, "草稿")
  quote = crm.update(quote, { status = "sent" })
  opportunity = crm.get("opportunity", opportunity.id)
  expect.equal(opportunity.stage, "proposal")
  same(opportunity.expected_amount, "11626.82")
  same(opportunity.weighted_amount, "5813.41")
  refused(function() crm.update(quote.lines[1], { quantity = "1000" }) end, "退回草稿")

  -- He accepts; his credit is one cent too small, then enough.
  run("quote_to_order", { quote = quote.code })
  local order = crm.find("sales_order")[1]
  same(order.total, "13138.31")
  crm.update(customer, { credit_limit = "13138.30" })
  refused(function() crm.update(order, { status = "confirmed" }) end, "超出 0.01")
  crm.update(customer, { credit_limit = "20000.00" })
  order = crm.update(order, { status = "confirmed" })
  same(order.outstanding, "13138.31")
  expect.equal(tostring(order.due_on), "2026-12-21")
  expect.equal(crm.get("opportunity", opportunity.id).stage, "won")
  expect.equal(crm.get("customer", customer.id).status, "active")

  -- He orders once more, without a quote: 10 films at 39.90 and tax 51.87.
  local second = fixtures.document("sales_order", customer, { { product = film, quantity = "10" } })
  second = crm.update(second, { status = "confirmed" })
  same(second.total, "450.87")

  -- He pays 13,300.00 for both: 13,138.31 and 161.69 of the second.
  refused(function()
    crm.create("receipt", { customer = customer, amount = "13300.00", allocations = {
      { order = order, amount = "13138.32" },
    } })
  end, "不超过 13,138.31")
  local receipt = crm.create("receipt", { customer = customer, amount = "13300.00", allocations = {
    { order = order }, { order = second },
  } })
  receipt = crm.get("receipt", receipt.id)
  same(receipt.unallocated, "0.00")
  same(crm.get("sales_order", order.id).outstanding, "0.00")
  same(crm.get("sales_order", second.id).outstanding, "289.18")
  order = crm.update(crm.get("sales_order", order.id), { status = "delivered" })
  crm.update(order, { status = "closed" })

  -- And so the reports.
  local classes = report("customers_by_class", { by = "grade" })
  expect.equal(#classes, 1)
  expect.equal(classes[1].class .. " " .. classes[1].customers .. " " .. classes[1].active, "B 主要客户 1 1")
  local trend = report("customer_trend", { months = 2 })
  expect.equal(trend[1].new .. " " .. trend[2].new .. " " .. trend[2].customers, "0 1 1")
  local funnel = report("sales_funnel", { owner = "S01" })
  expect.equal(#funnel, 1)
  expect.equal(funnel[1].stage, "赢单")
  same(funnel[1].weighted, "11626.82")
  -- 11,626.82 + 399.00 before tax, 13,138.31 + 450.87 with it
  local ranking = report("sales_ranking", { by = "owner", limit = 20 })
  expect.equal(ranking[1].name .. " " .. ranking[1].entries, "王伟 2")
  same(ranking[1].net, "12025.82")
  same(ranking[1].total, "13589.18")
  -- films: 1,759.59 + 399.00; boxes: 9,867.23, which is 82.05 % of 12,025.82
  local products = report("sales_ranking", { by = "product", limit = 20 })
  expect.equal(products[1].name .. " " .. products[2].name, "五层纸箱 缠绕膜")
  same(products[1].net, "9867.23")
  same(products[1].share, "82.05")
  same(products[2].net, "2158.59")
  local ageing = report("receivables_ageing", { by = "customer", on = crm.date.date(2026, 12, 22) })
  expect.equal(#ageing, 1)
  same(ageing[1].days_30, "289.18")
  same(ageing[1].total, "289.18")
end)
