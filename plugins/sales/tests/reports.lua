local fixtures = require "tests.support.fixtures"

local day = crm.date.date

local function report(name, params)
  return require("reports." .. name).run(params)
end

-- The rows as texts, in the order of the given columns.
local function expect_rows(result, columns, expected)
  for index, row in ipairs(result.rows) do
    local cells = {}
    for position, column in ipairs(columns) do
      cells[position] = tostring(row[column])
    end
    expect.equal(table.concat(cells, " | "), expected[index] or "nothing")
  end
  expect.equal(#result.rows, #expected)
end

local function with(values, more)
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return values
end

local serial = 0
local function customer(name, more)
  serial = serial + 1
  return fixtures.customer(name, string.format("139%08d", serial), more)
end

test("customers by class counts, shares and finds those who buy", function()
  customer("甲", { grade = "A", source = "agent" })
  customer("乙", { grade = "A", status = "active", source = "agent" })
  customer("丙", { grade = "C", status = "active", source = "website" })
  customer("丁")
  local by_grade = report("customers_by_class", { by = "grade" })
  expect_rows(by_grade, { "class", "customers", "share", "active", "active_rate" }, {
    "A 重点客户 | 2 | 50.00 | 1 | 50.00",
    "C 一般客户 | 1 | 25.00 | 1 | 100.00",
    "（未填写） | 1 | 25.00 | 0 | 0.00",
  })
  expect_rows(report("customers_by_class", { by = "source" }), { "class", "customers" }, {
    "代理 | 2", "网站 | 1", "（未填写） | 1",
  })
  expect.error(function() report("customers_by_class", { by = "shoe_size" }) end, "grade（客户等级）, status")
end)

test("the trend counts new customers by month over the turn of the year", function()
  customer("甲", { established_on = day(2025, 11, 30) })
  customer("乙", { established_on = day(2025, 12, 1) })
  customer("丙", { established_on = day(2026, 10, 31) })
  customer("丁", { established_on = day(2026, 11, 1) })
  customer("戊", { established_on = day(2026, 11, 21) })
  local trend = report("customer_trend", { months = 12 })
  expect.equal(#trend.rows, 12)
  local rows = trend.rows
  expect.equal(rows[1].month .. " " .. rows[1].new .. " " .. rows[1].customers, "2025-12 1 2")
  expect.equal(rows[2].month .. " " .. rows[2].new .. " " .. rows[2].customers, "2026-01 0 2")
  expect.equal(rows[11].month .. " " .. rows[11].new .. " " .. rows[11].customers, "2026-10 1 3")
  expect.equal(rows[12].month .. " " .. rows[12].new .. " " .. rows[12].customers, "2026-11 2 5")
  expect.error(function() report("customer_trend", { months = 0 }) end, "1 到 120")
end)

test("overdue follow-ups are listed by how late they are", function()
  local wang = fixtures.salesperson("王伟", { code = "S01" })
  customer("今天", { next_contact_on = day(2026, 11, 21), owner = wang })
  customer("昨天", { next_contact_on = day(2026, 11, 20), owner = wang, grade = "B" })
  customer("上月", { next_contact_on = day(2026, 10, 21) })
  customer("下周", { next_contact_on = day(2026, 11, 28) })
  customer("再过一天", { next_contact_on = day(2026, 11, 29) })
  customer("流失", { next_contact_on = day(2026, 1, 1), status = "lost" })
  local shown = { "customer", "owner", "grade", "days" }
  expect_rows(report("follow_ups_overdue", { owner = "", ahead = 0 }), shown, {
    "上月 | （未填写） |  | 31",
    "昨天 | 王伟 | B | 1",
  })
  expect_rows(report("follow_ups_overdue", { owner = "S01", ahead = 7 }), shown, {
    "昨天 | 王伟 | B | 1",
    "今天 | 王伟 |  | 0",
  })
  expect.equal(#report("follow_ups_overdue", { ahead = 7 }).rows, 4)
  expect.error(function() report("follow_ups_overdue", { owner = "无此人", ahead = 0 }) end, "无此人")
end)

test("the funnel counts stages, what they are worth and who came so far", function()
  local buyer = customer("甲")
  local function opportunity(stage, amount, more)
    local values = { customer = buyer, name = stage, stage = stage, expected_amount = amount }
    return crm.create("opportunity", with(values, more))
  end
  opportunity("qualify", "1000.00")
  opportunity("qualify", nil)
  opportunity("need", "2000.00")
  opportunity("proposal", "4000.00")
  crm.update(opportunity("proposal", "300.33"), { stage = "won" })
  crm.update(opportunity("qualify", "9999.00"), { stage = "lost", loss_reason = "price" })
  local shown = { "stage", "opportunities", "expected", "weighted", "reached", "rate" }
  -- five are not lost: 5, 3, 2 and 1 of them came to each stage
  expect_rows(report("sales_funnel", { owner = "" }), shown, {
    "初步接洽 | 2 | 1000.00 | 100.00 | 5 | 100.00",
    "需求确认 | 1 | 2000.00 | 600.00 | 3 | 60.00",
    "方案报价 | 1 | 4000.00 | 2000.00 | 2 | 40.00",
    "赢单 | 1 | 300.33 | 300.33 | 1 | 20.00",
    "输单 | 1 | 9999.00 | 0.00 | 0 | 0.00",
  })
  fixtures.salesperson("王伟")
  expect.equal(#report("sales_funnel", { owner = "王伟" }).rows, 0)
end)

-- Two salespeople, two customers: 甲 of 王伟 orders 3 and 1 hundreds this year, 乙 of 李娜 2 and, last year, 5.
local function sold()
  local first = customer("甲", { owner = fixtures.salesperson("王伟") })
  local second = customer("乙", { owner = fixtures.salesperson("李娜") })
  return first, second, {
    fixtures.order(first, 3, { ordered_on = day(2026, 3, 1), due_on = day(2026, 3, 31) }),
    fixtures.order(first, 1, { ordered_on = day(2026, 11, 1), due_on = day(2026, 11, 21) }),
    fixtures.order(second, 2, { ordered_on = day(2026, 10, 1), due_on = day(2026, 10, 22) }),
    fixtures.order(second, 5, { ordered_on = day(2025, 12, 31), due_on = day(2026, 9, 22) }),
  }
end

test("the ranking counts confirmed orders of the time", function()
  local first = sold()
  fixtures.document("sales_order", first)
  local shown = { "rank", "name", "entries", "net", "total", "share" }
  expect_rows(report("sales_ranking", { by = "owner", limit = 20 }), shown, {
    "1 | 王伟 | 2 | 400.00 | 452.00 | 66.67",
    "2 | 李娜 | 1 | 200.00 | 226.00 | 33.33",
  })
  local wide = { by = "customer", from = day(2025, 1, 1), to = day(2026, 10, 31), limit = 20 }
  expect_rows(report("sales_ranking", wide), shown, {
    "1 | 乙 | 2 | 700.00 | 791.00 | 70.00",
    "2 | 甲 | 1 | 300.00 | 339.00 | 30.00",
  })
  expect_rows(report("sales_ranking", { by = "业务员", limit = 1 }), shown, {
    "1 | 王伟 | 2 | 400.00 | 452.00 | 66.67",
    "nil | 其余 | 1 | 200.00 | 226.00 | 33.33",
  })
  expect.error(function()
    report("sales_ranking", { by = "owner", limit = 1, from = crm.date.date(2027, 1, 1) })
  end, "晚于「to」（2026-11-21）")
end)

test("products and categories are ranked after the whole discount", function()
  local categories = require "lib.categories"
  local buyer = customer("甲")
  local seed = fixtures.product("S-1", "种子", "60.00", { category = categories.ensure("农资/种子") })
  local tool = fixtures.product("T-1", "锤子", "40.00", { category = categories.ensure("五金") })
  local rows = {
    { product = seed, quantity = "1" },
    { product = tool, quantity = "2" },
    { description = "运费", quantity = "1", unit_price = "10.00" },
  }
  local order = fixtures.document("sales_order", buyer, rows, { discount_rate = "10.00" })
  crm.update(order, { status = "confirmed" })
  -- 60, 80 and 10 less 10 %; tax 13 %: 7.02, 9.36, 1.17
  expect_rows(report("sales_ranking", { by = "product", limit = 20 }), { "name", "net", "total", "share" }, {
    "锤子 | 72.00 | 81.36 | 53.33",
    "种子 | 54.00 | 61.02 | 40.00",
    "（无产品编号） | 9.00 | 10.17 | 6.67",
  })
  expect_rows(report("sales_ranking", { by = "category", limit = 2 }), { "name", "net" }, {
    "五金 | 72.00",
    "农资/种子 | 54.00",
    "其余 | 9.00",
  })
end)

test("receivables age by the day they were due", function()
  local first, _, orders = sold()
  crm.create("receipt", { customer = first, amount = "39.00", allocations = { { order = orders[1] } } })
  local shown = { "name", "orders", "not_due", "days_30", "days_60", "days_90", "older", "total" }
  -- on 21 November: 31 March is 235 days late, the 21st itself is not, 22 October is 30 and 22 September 60
  -- days
  expect_rows(report("receivables_ageing", { by = "customer" }), shown, {
    "乙 | 2 | 0.00 | 226.00 | 565.00 | 0.00 | 0.00 | 791.00",
    "甲 | 2 | 113.00 | 0.00 | 0.00 | 0.00 | 300.00 | 413.00",
  })
  -- thirty days later 30 become 60, 60 become 90, and the 21st is 30 days late
  expect_rows(report("receivables_ageing", { by = "customer", on = day(2026, 12, 21) }), shown, {
    "乙 | 2 | 0.00 | 0.00 | 226.00 | 565.00 | 0.00 | 791.00",
    "甲 | 2 | 0.00 | 113.00 | 0.00 | 0.00 | 300.00 | 413.00",
  })
  -- a day later 30 become 31 and 60 become 61
  expect_rows(report("receivables_ageing", { by = "owner", on = day(2026, 11, 22) }), shown, {
    "李娜 | 2 | 0.00 | 0.00 | 226.00 | 565.00 | 0.00 | 791.00",
    "王伟 | 2 | 0.00 | 113.00 | 0.00 | 0.00 | 300.00 | 413.00",
  })
end)

test("receivables of a past day count what was ordered, paid and cancelled by then", function()
  local first, second = customer("甲"), customer("乙")
  -- 113.00 due on 30 October, paid on 20 November and closed; 226.00 paid by half on 31 October and the rest later
  local closed = fixtures.order(first, 1, { ordered_on = day(2026, 8, 1), due_on = day(2026, 10, 30) })
  local parted = fixtures.order(first, 2, { ordered_on = day(2026, 9, 1), due_on = day(2026, 12, 1) })
  -- 339.00 of the day after
  fixtures.order(second, 3, { ordered_on = day(2026, 11, 1) })
  -- 452.00 cancelled since, 565.00 cancelled as a draft
  local cancelled = fixtures.order(second, 4, { ordered_on = day(2026, 10, 1), due_on = day(2026, 10, 31) })
  crm.update(cancelled, { status = "cancelled" })
  local never = fixtures.order(second, 5, { ordered_on = day(2026, 10, 1) })
  crm.update(crm.update(never, { status = "draft" }), { status = "cancelled" })
  crm.create("receipt", { customer = first, amount = "113.00", received_on = day(2026, 10, 31), allocations = {
    { order = parted, amount = "113.00" },
  } })
  crm.create("receipt", { customer = first, amount = "226.00", received_on = day(2026, 11, 20), allocations = {
    { order = parted, amount = "113.00" }, { order = closed, amount = "113.00" },
  } })
  for _, status in ipairs({ "delivered", "closed" }) do
    crm.update("sales_order/" .. closed.id, { status = status })
  end
  local shown = { "name", "orders", "not_due", "days_30", "total" }
  local function on(date)
    return report("receivables_ageing", { by = "customer", on = date })
  end
  expect_rows(on(day(2026, 10, 30)), shown, { "乙 | 1 | 452.00 | 0.00 | 452.00", "甲 | 2 | 339.00 | 0.00 | 339.00" })
  expect_rows(on(day(2026, 10, 31)), shown, { "乙 | 1 | 452.00 | 0.00 | 452.00", "甲 | 2 | 113.00 | 113.00 | 226.00" })
  expect_rows(on(day(2026, 11, 19)), shown, { "乙 | 2 | 339.00 | 452.00 | 791.00", "甲 | 2 | 113.00 | 113.00 | 226.00" })
  expect_rows(on(day(2026, 11, 20)), shown, { "乙 | 2 | 339.00 | 452.00 | 791.00" })
  -- cancelled today
  expect_rows(on(nil), shown, { "乙 | 1 | 339.00 | 0.00 | 339.00" })
end)

test("an order keeps the days of its confirmation and its cancellation", function()
  local order = fixtures.order(customer("甲"), 1, { ordered_on = day(2026, 8, 1) })
  expect.equal(tostring(order.confirmed_on), "2026-11-21")
  order = crm.update(order, { status = "draft" })
  expect.equal(order.confirmed_on, nil)
  order = crm.update(order, { status = "cancelled" })
  expect.equal(order.confirmed_on, nil)
  expect.equal(tostring(order.cancelled_on), "2026-11-21")
  expect.equal(crm.update(order, { status = "draft" }).cancelled_on, nil)
end)
