local fixtures = require "tests.support.fixtures"

local function order(distributor, more)
  local values = { customer = distributor:id_of("customer"), ordered_on = fixtures.day("2026-11-21") }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("sales_order", values)
end

local function distributor(valid_until, more)
  local values = { name = "长沙新凯医药有限公司", gsp_number = "GSP-27106", gsp_until = fixtures.day(valid_until) }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return fixtures.distributor("D1", values)
end

test("a distributor with an expired certificate gets no order", function()
  local expired = distributor("2026-11-20")
  expect.error(function()
    order(expired)
  end, "商业公司「长沙新凯医药有限公司」的 GSP 证书 GSP-27106 已于 2026-11-20 到期，2026-11-21 不能下单")
  expect.equal(crm.count("sales_order"), 0)
end)

test("a certificate that ends within thirty days blocks too, one day later it does not", function()
  local soon = distributor("2026-12-21")
  -- from 21 November to 21 December: 30 days
  expect.error(function()
    order(soon)
  end, "将于 2026-12-21 到期，距 2026-11-21 只有 30 天，须超过 30 天")
  crm.update(soon, { gsp_until = fixtures.day("2026-12-22") })
  expect.equal(order(soon).status, "draft")
end)

test("a certificate holds on its last day, and then ends soon", function()
  local last_day = distributor("2026-11-21")
  expect.error(function()
    order(last_day)
  end, "将于 2026-11-21 到期，距 2026-11-21 只有 0 天")
end)

test("a draft that goes to another customer or day is checked anew", function()
  local valid = distributor("2026-12-30")
  local expired = fixtures.distributor("D2", { gsp_until = fixtures.day("2026-01-31") })
  local draft = order(valid)
  expect.error(function()
    crm.update(draft, { customer = expired:id_of("customer") })
  end, "GSP-D2 已于 2026-01-31 到期")
  expect.error(function()
    crm.update("sales_order/" .. draft.id, { ordered_on = fixtures.day("2026-12-05"), due_on = "" })
  end, "距 2026-12-05 只有 25 天")
end)

test("the day of the order counts", function()
  local valid = distributor("2026-12-01")
  -- from 31 October: 31 days
  expect.truthy(order(valid, { ordered_on = fixtures.day("2026-10-31") }))
  expect.error(function()
    order(valid, { ordered_on = fixtures.day("2026-11-01") })
  end, "只有 30 天")
end)

test("an order that is confirmed later is checked again on that day", function()
  local valid = distributor("2026-12-01")
  local draft = order(valid, { ordered_on = fixtures.day("2026-10-01") })
  -- confirmed on 21 November, ten days before the end
  expect.error(function()
    crm.update(draft, { status = "confirmed" })
  end, "距 2026-11-21 只有 10 天")
  expect.equal(crm.update("sales_order/" .. draft.id, { status = "cancelled" }).status, "cancelled")
end)

test("a renewed certificate lets the order through", function()
  local expired = distributor("2026-11-20")
  crm.update(expired, { gsp_number = "GSP-30001", gsp_until = fixtures.day("2031-11-20") })
  expect.equal(order(expired).status, "draft")
end)

test("the distribution licence counts as well, and both are told at once", function()
  local both = distributor("2026-11-20", { licence_number = "湘AA7310001", licence_until = fixtures.day("2026-12-01") })
  local ok, problem = pcall(order, both)
  expect.equal(ok, false)
  expect.truthy(tostring(problem):find("GSP-27106 已于 2026-11-20 到期", 1, true))
  expect.truthy(tostring(problem):find("药品经营许可证 湘AA7310001 将于 2026-12-01 到期", 1, true))
end)

test("other customers need no certificate", function()
  local customer = crm.create("customer", { name = "武汉达川农业有限公司" })
  expect.truthy(crm.create("sales_order", { customer = customer }))
end)

test("the report lists certificates that ended or end soon", function()
  local expired = distributor("2026-11-10")
  fixtures.distributor("D2", { gsp_until = fixtures.day("2026-12-21") })
  fixtures.distributor("D3", { gsp_until = fixtures.day("2026-12-22") })
  fixtures.distributor("D4", { licence_number = "鄂AA0270001", licence_until = fixtures.day("2026-11-30") })
  fixtures.hospital("H1")
  local batch = fixtures.batch("B1")
  crm.update(expired, { gsp_until = fixtures.day("2027-11-10") })
  order(expired)
  crm.update("distributor/" .. expired.id, { gsp_until = fixtures.day("2026-11-10") })
  fixtures.flow(batch, expired, "H1", 20, { flow_on = fixtures.day("2026-11-10") })
  fixtures.flow(batch, expired, "H1", 30, { flow_on = fixtures.day("2026-11-11") })
  local rows = require("reports.gsp_expiry").run({}).rows
  expect.equal(#rows, 3)
  expect.equal(rows[1].code, "D1")
  expect.equal(rows[1].days, -11)
  expect.equal(rows[1].state, "已过期")
  -- a draft from before
  expect.equal(rows[1].orders, 1)
  -- only what was shipped after the last valid day
  expect.equal(rows[1].shipped, 30)
  expect.equal(rows[2].code, "D2")
  expect.equal(rows[2].state, "即将到期")
  expect.equal(rows[3].certificate, "药品经营许可证")
  expect.equal(rows[3].days, 9)
  expect.equal(#require("reports.gsp_expiry").run({ days = 31 }).rows, 4)
end)
