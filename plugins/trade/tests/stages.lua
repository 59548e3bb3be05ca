local fixtures = require "tests.support.fixtures"

local function refused(record, changes, message)
  expect.error(function()
    crm.update(record, changes)
  end, message)
end

local function draft(more)
  local values = {
    buyer = fixtures.buyer(),
    exchange_rate = "7",
    lines = { { product = fixtures.product(), quantity = "500", unit_price = "15.87" } },
  }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.get("export_quotation", crm.create("export_quotation", values).id)
end

test("an inquiry is qualified with buyer and demand, and quoted with a quotation", function()
  fixtures.product()
  local inquiry = fixtures.inquiry({ product_sku = "", quantity = "" })
  refused(inquiry, { status = "qualified" }, "核实前请先登记境外买家")
  refused(inquiry, { status = "qualified" }, "核实前请填写产品和数量")
  refused(inquiry, { status = "quoted" }, "新询盘")
  inquiry = crm.update(inquiry, {
    buyer = fixtures.buyer(), product_sku = "HO-0000", quantity = "2400", status = "qualified",
  })
  refused(inquiry, { status = "quoted" }, "请先制作并关联外销报价")
  refused(inquiry, { status = "lost" }, "请填写失败原因")
  inquiry = crm.update(inquiry, { status = "lost", lost_reason = "no_reply" })
  expect.equal(crm.update(inquiry, { status = "qualified" }).status, "qualified")
end)

test("an inquiry is won by an accepted quotation only", function()
  fixtures.exporter()
  local quotation = draft()
  local inquiry = fixtures.inquiry({ buyer = quotation.buyer })
  crm.update(quotation, { inquiry = inquiry })
  crm.update(inquiry, { status = "qualified" })
  quotation = crm.update(quotation, { status = "sent" })
  refused(inquiry, { status = "won" }, "报价被接受后才算成交")
  crm.update(quotation, { status = "accepted" })
  expect.equal(crm.get("inquiry", inquiry.id).status, "won")
end)

test("a rejected quotation loses the inquiry with its reason", function()
  fixtures.exporter()
  local quotation = draft()
  local inquiry = crm.update(fixtures.inquiry({ buyer = quotation.buyer }), { status = "qualified" })
  crm.update(quotation, { inquiry = inquiry })
  quotation = crm.update(quotation, { status = "sent" })
  refused(quotation, { status = "rejected" }, "请填写失败原因")
  crm.update(quotation, { status = "rejected", lost_reason = "price" })
  inquiry = crm.get("inquiry", inquiry.id)
  expect.equal(inquiry.status, "lost")
  expect.equal(inquiry.lost_reason, "price")
end)

test("a quotation goes out with lines, a validity and an exporter", function()
  local quotation = crm.create("export_quotation", { buyer = fixtures.buyer(), exchange_rate = "7" })
  quotation = crm.update(quotation, { valid_until = "" })
  refused(quotation, { status = "sent" }, "发出前请填写报价明细和单价")
  refused(quotation, { status = "sent" }, "发出前请填写有效期")
  refused(quotation, { status = "sent" }, "发出前请选择出口商")
  refused(quotation, { status = "accepted" }, "草稿")
end)

test("a quotation that is no longer valid is revised before it is accepted", function()
  fixtures.exporter()
  local quotation = draft({ quoted_on = "2026-10-01", valid_until = "2026-10-31" })
  quotation = crm.update(quotation, { status = "sent" })
  refused(quotation, { status = "accepted" }, "请用命令 revise_quotation 修订后再确认")
end)

test("a proforma invoice and a packing list take their steps in order", function()
  fixtures.exporter()
  local quotation = crm.update(draft(), { status = "sent" })
  quotation = crm.update(quotation, { status = "accepted" })
  require("commands.quotation_to_proforma").run({ quotation = quotation.code })
  local proforma = crm.find("proforma", "code = 'PI202611-0001'")[1]
  refused(proforma, { status = "shipped" }, "草稿")
  proforma = crm.update(proforma, { status = "issued" })
  proforma = crm.update(proforma, { status = "confirmed" })
  local list = crm.create("packing_list", { proforma = proforma })
  refused(list, { status = "issued" }, "开出前请填写装箱明细")
  crm.create("packing_list_line", { packing_list = list, proforma_line = proforma.lines[1] })
  list = crm.update(crm.get("packing_list", list.id), { status = "issued" })
  expect.equal(crm.get("proforma", proforma.id).status, "shipped")
  refused(list, { status = "draft" }, "已开出")
end)

test("a sample goes out with courier and number, and is refused with the buyer's words", function()
  fixtures.product()
  fixtures.buyer()
  local request = crm.create("sample_request", { inquiry = fixtures.inquiry() })
  request = crm.update(request, { status = "prepared" })
  refused(request, { status = "sent" }, "寄出时请填写快递公司和运单号")
  request = crm.update(request, { status = "sent", courier = "DHL", tracking_number = "JD01" })
  request = crm.update(request, { status = "received" })
  refused(request, { status = "rejected" }, "请填写客户反馈")
  expect.equal(crm.update(request, { status = "approved" }).status, "approved")
end)
