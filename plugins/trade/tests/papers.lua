local fixtures = require "tests.support.fixtures"

-- A quotation of the lamps in USD with one line, a draft; more: further fields of the quotation.
local function quotation(line, more)
  fixtures.exporter()
  local values = { buyer = fixtures.buyer(), exchange_rate = "7", lines = { line } }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  local made = crm.create("export_quotation", values)
  return crm.get("export_quotation", made.id)
end

local function typed_line(more)
  local line = { product = fixtures.product(), quantity = "500", unit_price = "15.87" }
  for field, value in pairs(more or {}) do
    line[field] = value
  end
  return line
end

test("a quotation has the terms of buyer, exporter and settings", function()
  local quoted = quotation(typed_line())
  expect.equal(quoted.code, "QT202611-0001")
  expect.equal(quoted.currency, "USD")
  expect.equal(quoted.incoterm, "FOB")
  expect.equal(quoted.port_of_loading, "CNNGB")
  expect.equal(quoted.payment_term, "tt_30_70")
  -- 21 November and 30 days
  expect.equal(tostring(quoted.valid_until), "2026-12-21")
end)

test("amounts and measures of lines are added up", function()
  local quoted = quotation(typed_line())
  crm.create("export_quotation_line", {
    quotation = quoted, product = quoted.lines[1].product, quantity = "24", unit_price = "16.00",
  })
  quoted = crm.get("export_quotation", quoted.id)
  -- 500 × 15.87 = 7935.00; 24 × 16 = 384.00
  expect.equal(tostring(quoted.total), "8319.00")
  expect.equal(tostring(quoted.total_cny), "58233.00")
  -- 21 + 1 cartons; 212.5 + 10.2 net; 225.1 + 10.8 gross; 22 × 0.028 CBM
  expect.equal(quoted.cartons, 22)
  expect.equal(tostring(quoted.total_net_kg), "222.700")
  expect.equal(tostring(quoted.total_gross_kg), "235.900")
  expect.equal(tostring(quoted.total_cbm), "0.6160")
  crm.delete(quoted.lines[2])
  quoted = crm.get("export_quotation", quoted.id)
  expect.equal(tostring(quoted.total), "7935.00")
  expect.equal(quoted.cartons, 21)
end)

test("a line takes goods and price from its budget and knows what they cost", function()
  local budget = fixtures.budget(fixtures.product(), { freight_rate = "1000", freight_basis = "lot" })
  local quoted = quotation({ budget = budget })
  expect.equal(tostring(quoted.lines[1].quantity), "1000.000")
  expect.equal(tostring(quoted.lines[1].unit_price), "15.87")
  expect.equal(tostring(quoted.total), "15870.00")
  -- case 1 of the budgets: 111090 less 100000
  expect.equal(tostring(quoted.cost_cny), "100000.00")
  expect.equal(tostring(quoted.profit_cny), "11090.00")
  expect.equal(tostring(quoted.profit_rate), "9.98")
end)

test("half of the lot costs half, and a lower price shows in the profit", function()
  local budget = fixtures.budget(fixtures.product())
  local quoted = quotation({ budget = budget, quantity = "500", unit_price = "15.00" })
  -- 500 × 15 × 7 = 52500 less 50000
  expect.equal(tostring(quoted.cost_cny), "50000.00")
  expect.equal(tostring(quoted.profit_cny), "2500.00")
  -- 2500 / 52500 = 4.7619… %
  expect.equal(tostring(quoted.profit_rate), "4.76")
end)

test("another term brings the budget's other price to a draft, a typed price stays", function()
  local budget = fixtures.budget(fixtures.product(), { freight_rate = "1000", freight_basis = "lot" })
  local quoted = quotation({ budget = budget })
  crm.update(quoted, { incoterm = "CFR" })
  quoted = crm.get("export_quotation", quoted.id)
  -- 101000 / 0.90 / 7000 = 16.0317…; 16.03 × 1000 × 7 = 112210, less 101000
  expect.equal(tostring(quoted.lines[1].unit_price), "16.03")
  expect.equal(tostring(quoted.total), "16030.00")
  expect.equal(tostring(quoted.profit_cny), "11210.00")
  crm.update(quoted.lines[1], { unit_price = "17.00" })
  crm.update(quoted, { incoterm = "FOB" })
  expect.equal(tostring(crm.get("export_quotation", quoted.id).lines[1].unit_price), "17.00")
end)

test("another exchange rate changes amounts in CNY and costs", function()
  local budget = fixtures.budget(fixtures.product(), { commission_rate = "0" })
  local quoted = quotation({ budget = budget })
  crm.update(quoted, { exchange_rate = "8" })
  quoted = crm.get("export_quotation", quoted.id)
  -- 15870 × 8 = 126960 less 100000
  expect.equal(tostring(quoted.total_cny), "126960.00")
  expect.equal(tostring(quoted.profit_cny), "26960.00")
end)

test("a price is needed, from a budget that fits", function()
  local yen = fixtures.budget(fixtures.product(), { currency = "JPY", exchange_rate = "0.05" })
  expect.error(function()
    quotation({ budget = yen })
  end, "币种是 JPY，报价单是 USD")
end)

test("a budget without freight has no CIF price", function()
  local budget = fixtures.budget(fixtures.product())
  expect.error(function()
    quotation({ budget = budget }, { incoterm = "CIF" })
  end, "没有 CIF 价：请在预算单补充海运费和保险费率")
end)

test("without a budget the price is typed, in whole yen for yen", function()
  expect.error(function()
    quotation(typed_line({ unit_price = "" }))
  end, "请填写单价，或选择出口报价预算单")
end)

test("yen have no cents", function()
  expect.error(function()
    quotation(typed_line({ unit_price = "100.50" }), { currency = "JPY", exchange_rate = "0.05" })
  end, "JPY 没有小数位")
end)

test("a quotation that is out does not change, nor do its lines", function()
  local quoted = quotation(typed_line())
  quoted = crm.update(quoted, { status = "sent" })
  expect.error(function()
    crm.update(quoted, { currency = "EUR" })
  end, "QT202611-0001 已发出，不能修改")
  expect.error(function()
    crm.update(quoted.lines[1], { unit_price = "1.00" })
  end, "QT202611-0001 为“已发出”")
  expect.error(function()
    crm.delete(quoted.lines[1])
  end, "QT202611-0001 为“已发出”")
  expect.error(function()
    crm.delete(quoted)
  end, "只能删除草稿")
end)

test("a draft is deleted with its lines", function()
  crm.delete(quotation(typed_line()))
  expect.equal(crm.count("export_quotation_line"), 0)
end)

local revise = require("commands.revise_quotation").run

test("a revision copies the quotation and supersedes it", function()
  local quoted = quotation(typed_line())
  crm.update(quoted, { status = "sent" })
  revise({ quotation = "QT202611-0001", reason = "Target price" })
  local old = crm.get("export_quotation", quoted.id)
  expect.equal(old.status, "superseded")
  local new = crm.find("export_quotation", "code = 'QT202611-0001-R1'")[1]
  expect.equal(new.status, "draft")
  expect.equal(new.revision, 1)
  expect.equal(new.revision_reason, "Target price")
  expect.equal(tostring(new.total), "7935.00")
  crm.update(new.lines[1], { unit_price = "15.00" })
  expect.equal(tostring(crm.get("export_quotation", new.id).total), "7500.00")
  expect.equal(tostring(crm.get("export_quotation", old.id).total), "7935.00")
  expect.error(function()
    crm.update(old, { remarks = "x" })
  end, "已被新版取代")
  crm.update(new, { status = "sent" })
  revise({ quotation = "QT202611-0001-R1" })
  expect.equal(crm.count("export_quotation", "code = 'QT202611-0001-R2'"), 1)
end)

test("only what went out is revised, and nothing is superseded without a revision", function()
  local quoted = quotation(typed_line())
  expect.error(function()
    revise({ quotation = "QT202611-0001" })
  end, "草稿可直接修改")
  expect.error(function()
    revise({ quotation = "QT209901-0001" })
  end, "没有编号为「QT209901-0001」的外销报价")
  crm.update(quoted, { status = "sent" })
  expect.error(function()
    crm.update(quoted, { status = "superseded" })
  end, "还没有新版")
end)

test("numbers run on by month and a revision takes none", function()
  local quoted = quotation(typed_line())
  crm.update(quoted, { status = "sent" })
  revise({ quotation = "QT202611-0001" })
  local second = crm.create("export_quotation", { buyer = quoted.buyer, exchange_rate = "7" })
  expect.equal(second.code, "QT202611-0002")
end)

test("there is one default exporter", function()
  fixtures.exporter()
  expect.error(function()
    fixtures.exporter({ name = "上海样例有限公司" })
  end, "已有默认出口商：宁波样例进出口有限公司")
end)

test("a buyer becomes a customer, one of the same name is taken", function()
  local known = crm.create("customer", { name = "Moore and Sons" })
  local new = fixtures.buyer()
  local old = fixtures.buyer({ name = "Moore and Sons", email = "paul@moore.example" })
  expect.equal(new.customer.name, "Tran-Whitaker Ltd")
  expect.equal(old:id_of("customer"), known.id)
  expect.error(function()
    fixtures.buyer({ name = "Somebody else" })
  end)
end)
