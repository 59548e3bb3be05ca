local fixtures = require "tests.support.fixtures"

local function inquiries(params)
  return require("reports.inquiries").run(params)
end

local function mails()
  fixtures.product()
  fixtures.product("GA-0001")
  fixtures.inquiry({ received_on = "2026-09-30" })
  fixtures.inquiry({ received_on = "2026-10-01", product_sku = "GA-0001" })
  fixtures.inquiry({ received_on = "2026-10-31", product_sku = "GA-0001", country = "Spain" })
  fixtures.inquiry({ received_on = "2026-11-01", subject = "Newsletter", country = "Aruba" })
end

test("mails are counted by country, those that ask for most first", function()
  mails()
  local rows = inquiries({ by = "country" }).rows
  expect.equal(#rows, 3)
  expect.equal(rows[1].key, "Kazakhstan")
  expect.equal(rows[1].mails, 2)
  expect.equal(rows[1].demands, 2)
  expect.equal(tostring(rows[1].conversion), "0.00")
  expect.equal(rows[2].key, "Spain")
  expect.equal(rows[3].key, "Aruba")
  expect.equal(rows[3].demands, 0)
  expect.equal(rows[3].conversion, nil)
end)

test("by month in the order of time, within a period", function()
  mails()
  local rows = inquiries({ by = "month" }).rows
  expect.equal(rows[1].key .. rows[2].key .. rows[3].key, "2026-092026-102026-11")
  expect.equal(rows[2].demands, 2)
  rows = inquiries({ by = "month", from = crm.date.date(2026, 10, 1), to = crm.date.date(2026, 10, 31) }).rows
  expect.equal(#rows, 1)
  expect.equal(rows[1].mails, 2)
  expect.equal(#inquiries({ by = "month", to = crm.date.date(2026, 9, 30) }).rows, 1)
end)

test("by product and by kind", function()
  mails()
  expect.equal(inquiries({ by = "product" }).rows[1].key, "GA-0001")
  local rows = inquiries({ by = "kind" }).rows
  expect.equal(rows[1].key, "询盘")
  expect.equal(rows[1].mails, 3)
  expect.equal(rows[2].key, "广告邮件")
end)

test("a country that the mail does not name is the buyer's, and a wrong group is named", function()
  fixtures.product()
  fixtures.buyer()
  fixtures.inquiry({ country = "" })
  fixtures.inquiry({ country = "", from_email = "x@example.com" })
  local rows = inquiries({ by = "country" }).rows
  expect.equal(rows[1].key, "Kazakhstan")
  expect.equal(rows[2].key, "（未知）")
  expect.error(function()
    inquiries({ by = "colour" })
  end, "不能按「colour」分组")
end)

local function deal(quoted_on, status)
  local budget = fixtures.budget(crm.find("product")[1] or fixtures.product())
  local quotation = crm.create("export_quotation", {
    buyer = crm.find("buyer")[1] or fixtures.buyer(),
    exchange_rate = "7",
    lines = { { budget = budget, quantity = "500" } },
  })
  crm.update(quotation, { status = "sent" })
  quotation = crm.update(quotation, { status = "accepted" })
  require("commands.quotation_to_proforma").run({ quotation = quotation.code })
  local proforma = crm.find("proforma", "quotation = ?", { params = { quotation.id } })[1]
  proforma = crm.update(proforma, { issued_on = quoted_on, status = "issued" })
  if status == "confirmed" then
    crm.update(proforma, { status = "confirmed" })
  end
end

test("rebates are expected from confirmed proforma invoices, in proportion and by month", function()
  fixtures.exporter()
  deal("2026-09-30", "confirmed")
  deal("2026-10-01", "confirmed")
  deal("2026-10-02", "confirmed")
  deal("2026-10-03", "issued")
  local report = require("reports.rebates").run({})
  expect.equal(#report.rows, 2)
  local october = report.rows[2]
  expect.equal(october.month, "2026-10")
  expect.equal(october.lines, 2)
  -- Half the lot of case 1 twice: 113000.00 and 13000.00; 2 × 500 × 15.87 × 7 = 111090.00
  expect.equal(tostring(october.purchase), "113000.00")
  expect.equal(tostring(october.rebate), "13000.00")
  expect.equal(tostring(october.amount), "111090.00")
  local day = crm.date.date(2026, 10, 1)
  local later = require("reports.rebates").run({ from = day, to = day })
  expect.equal(later.rows[1].lines, 1)
end)

test("columns that add up have a sum, and months make a line", function()
  local report = inquiries({ by = "month" })
  local totals = {}
  for _, column in ipairs(report.columns) do
    totals[column.name] = column.total or false
  end
  expect.equal(totals.mails and totals.demands and totals.quoted and totals.won, true)
  expect.equal(totals.conversion, false)
  expect.equal(report.chart.kind, "line")
  expect.equal(inquiries({ by = "country" }).chart.kind, "bar")
  for _, column in ipairs(require("reports.rebates").run({}).columns) do
    expect.equal(column.total or column.name == "month", true)
  end
end)
