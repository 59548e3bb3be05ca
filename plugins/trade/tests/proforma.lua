local fixtures = require "tests.support.fixtures"

local revise = require("commands.revise_quotation").run

local function proforma(line)
  local quoted = fixtures.quotation(line or fixtures.typed_line())
  crm.update(quoted, { status = "sent" })
  crm.update(quoted, { status = "accepted" })
  require("commands.quotation_to_proforma").run({ quotation = quoted.code })
  return crm.find("proforma", "code = 'PI202611-0001'")[1]
end

test("a proforma invoice has the terms of its quotation and becomes one order when confirmed", function()
  local invoice = proforma()
  expect.equal(invoice.currency, "USD")
  expect.equal(tostring(invoice.exchange_rate), "7.000000")
  expect.equal(invoice.port_of_loading, "CNNGB")
  -- 7935.00 × 30 % = 2380.50; with 20 % 1587.00
  expect.equal(tostring(invoice.deposit), "2380.50")
  crm.update(invoice, { deposit_rate = "20" })
  invoice = crm.get("proforma", invoice.id)
  expect.equal(tostring(invoice.deposit), "1587.00")
  expect.equal(tostring(invoice.balance), "6348.00")
  invoice = crm.update(invoice, { status = "issued" })
  expect.equal(invoice.sales_order, nil)
  invoice = crm.update(invoice, { status = "confirmed" })
  invoice = crm.update(invoice, { status = "shipped" })
  expect.equal(crm.count("sales_order"), 1)
  local line = invoice.sales_order.lines[1]
  -- 15.87 × 7
  expect.equal(tostring(line.unit_price), "111.09")
  expect.equal(tostring(line.quantity), "500.000")
  expect.equal(tostring(invoice.sales_order.tax), "0.00")
end)

test("a quotation with a proforma invoice is not revised until that is cancelled", function()
  local invoice = proforma()
  expect.error(function()
    revise({ quotation = "QT202611-0001" })
  end, "已有形式发票 PI202611-0001")
  crm.update(invoice, { status = "cancelled" })
  revise({ quotation = "QT202611-0001" })
  expect.equal(crm.count("export_quotation", "code = 'QT202611-0001-R1'"), 1)
end)

test("a proforma invoice that is out is revised, not changed", function()
  local invoice = crm.update(proforma(), { status = "issued" })
  expect.error(function()
    crm.update(invoice, { deposit_rate = "50" })
  end, "PI202611-0001 已发出，不能修改")
  expect.error(function()
    crm.update(invoice.lines[1], { quantity = "1" })
  end, "PI202611-0001 为“已开出”")
  expect.error(function()
    crm.delete(invoice)
  end, "只能删除草稿")
  require("commands.revise_proforma").run({ proforma = invoice.code, reason = "Half at once" })
  local revised = crm.find("proforma", "code = 'PI202611-0001-R1'")[1]
  expect.equal(revised.status, "draft")
  expect.equal(tostring(revised.total), "7935.00")
  expect.equal(revised.quotation.code, "QT202611-0001")
  expect.equal(crm.get("proforma", invoice.id).status, "superseded")
end)

test("a packing list takes buyer and goods from the proforma invoice and stays when it is out", function()
  local invoice = crm.update(crm.update(proforma(), { status = "issued" }), { status = "confirmed" })
  local other = crm.create("packing_list", { proforma = invoice })
  expect.equal(other:id_of("buyer"), invoice:id_of("buyer"))
  expect.equal(other:id_of("exporter"), invoice:id_of("exporter"))
  expect.equal(other.invoice_number, "PI202611-0001")
  local line = crm.create("packing_list_line", { packing_list = other, proforma_line = invoice.lines[1] })
  expect.equal(line.description, "Azure lamp")
  expect.equal(tostring(line.quantity), "500.000")
  crm.update(crm.get("packing_list", other.id), { status = "issued" })
  expect.error(function()
    crm.update(line, { quantity = "400" })
  end, "PL202611-0001 为“已开出”")
  expect.error(function()
    crm.delete(line)
  end, "PL202611-0001 为“已开出”，明细不能增删或修改；请先作废它，再用命令 proforma_to_packing_list 重新制作")
end)

test("the packing list of a shipped proforma invoice is cancelled and made anew", function()
  local invoice = crm.update(crm.update(proforma(), { status = "issued" }), { status = "confirmed" })
  local pack = require("commands.proforma_to_packing_list").run
  pack({ proforma = invoice.code })
  local first = crm.find("packing_list", "code = 'PL202611-0001'")[1]
  local line = first.lines[1]
  first = crm.update(first, { status = "issued" })
  expect.equal(crm.get("proforma", invoice.id).status, "shipped")
  -- All 500 are on the list that is out.
  expect.error(function()
    crm.create("packing_list", { proforma = invoice })
  end, "形式发票 PI202611-0001 已全部装箱")
  crm.update(first, { status = "cancelled" })
  expect.error(function()
    crm.update(line, { unit = "SET" })
  end, "PL202611-0001 为“已作废”，明细不能增删或修改；请用命令 proforma_to_packing_list 重新制作")
  pack({ proforma = invoice.code })
  local second = crm.find("packing_list", "code = 'PL202611-0002'")[1]
  expect.equal(tostring(second.lines[1].quantity), "500.000")
  expect.equal(crm.update(second, { status = "issued" }).status, "issued")
  expect.equal(crm.get("proforma", invoice.id).status, "shipped")
end)

test("a packing list is not issued for a proforma invoice that was cancelled", function()
  local invoice = crm.update(crm.update(proforma(), { status = "issued" }), { status = "confirmed" })
  require("commands.proforma_to_packing_list").run({ proforma = invoice.code })
  local list = crm.find("packing_list")[1]
  crm.update(invoice, { status = "cancelled" })
  expect.error(function()
    crm.update(list, { status = "issued" })
  end, "只有形式发票为“已确认”或“已出运”时才能开出装箱单")
  expect.equal(crm.update(list, { status = "cancelled" }).status, "cancelled")
  expect.error(function()
    crm.create("packing_list", { proforma = crm.get("proforma", invoice.id) })
  end, "形式发票 PI202611-0001 为“已取消”；确认后才能装箱")
end)

test("goods without a carton are not packed", function()
  local bare = fixtures.product("X-1", { trade_qty_per_carton = "" })
  local invoice = proforma(fixtures.typed_line({ product = bare }))
  invoice = crm.update(crm.update(invoice, { status = "issued" }), { status = "confirmed" })
  expect.error(function()
    require("commands.proforma_to_packing_list").run({ proforma = invoice.code })
  end, "没有每箱数量：请在本行或产品 X-1 填写")
end)

local function confirmed()
  return crm.update(crm.update(proforma(), { status = "issued" }), { status = "confirmed" })
end

test("the order goes when the proforma invoice is cancelled", function()
  local invoice = crm.update(confirmed(), { status = "cancelled" })
  expect.equal(invoice.sales_order.status, "cancelled")
end)

test("a buyer over the credit limit is not confirmed", function()
  local invoice = crm.update(proforma(), { status = "issued" })
  -- The order is 500 × 111.09 = 55545.00.
  crm.update(invoice.buyer.customer, { credit_limit = "55544.99" })
  expect.error(function()
    crm.update(invoice, { status = "confirmed" })
  end, "55,545.00")
  expect.equal(crm.count("sales_order"), 0)
  crm.update(invoice.buyer.customer, { credit_limit = "55545.00" })
  expect.equal(crm.update(invoice, { status = "confirmed" }).status, "confirmed")
end)

test("the order of a proforma invoice is the salesperson's of the inquiry", function()
  local wang = crm.create("salesperson", { code = "S1", name = "王伟" })
  fixtures.rate("USD", "7")
  fixtures.exporter()
  fixtures.product()
  local inquiry = fixtures.inquiry({ owner = wang, incoterm = "FOB", port = "CNNGB" })
  expect.equal(inquiry.lead.owner.name, "王伟")
  require("commands.inquiry_to_budget").run({ inquiry = inquiry.code })
  local buyer = crm.find("buyer")[1]
  expect.equal(buyer.customer.owner.name, "王伟")
  local budget = crm.find("export_budget")[1]
  require("commands.budget_to_quotation").run({ budget = budget.code })
  local quotation = crm.find("export_quotation")[1]
  expect.equal(quotation.owner.name, "王伟")
  for _, status in ipairs({ "sent", "accepted" }) do
    quotation = crm.update(quotation, { status = status })
  end
  require("commands.quotation_to_proforma").run({ quotation = quotation.code })
  local invoice = crm.find("proforma")[1]
  for _, status in ipairs({ "issued", "confirmed" }) do
    invoice = crm.update(invoice, { status = status })
  end
  expect.equal(invoice.owner.name, "王伟")
  expect.equal(invoice.sales_order.owner.name, "王伟")
  expect.error(function() crm.delete(crm.get("inquiry", inquiry.id)) end, budget.code .. ", " .. quotation.code)
  -- an order that is a draft again stays all the same: the proforma invoice names it
  local order = crm.update(invoice.sales_order, { status = "draft" })
  expect.error(function() crm.delete(order) end, "proforma/" .. invoice.id)
end)

test("a buyer whose customer has a salesperson brings the salesperson along", function()
  local li = crm.create("salesperson", { code = "S2", name = "李娜" })
  local invoice = proforma()
  crm.update(invoice.buyer.customer, { owner = li })
  local quotation = crm.create("export_quotation", { buyer = invoice.buyer, exchange_rate = "7" })
  expect.equal(quotation.owner.name, "李娜")
end)
