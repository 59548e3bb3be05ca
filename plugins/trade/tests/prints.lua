local fixtures = require "tests.support.fixtures"

local function shown(name, record)
  return require("print." .. name .. ".data").data(record)
end

local function accepted_quotation()
  fixtures.exporter()
  local quotation = crm.create("export_quotation", {
    buyer = fixtures.buyer(),
    exchange_rate = "7",
    incoterm = "CIF",
    port_of_destination = "NLRTM",
    lines = {
      { product = fixtures.product(), quantity = "2500", unit_price = "31.50" },
      { product = fixtures.product("GA-0001", { unit = "SET" }), quantity = "30", unit_price = "4.05" },
    },
  })
  crm.update(quotation, { status = "sent" })
  return crm.update(quotation, { status = "accepted" })
end

local function proforma()
  require("commands.quotation_to_proforma").run({ quotation = accepted_quotation().code })
  return crm.find("proforma", "code = 'PI202611-0001'")[1]
end

test("a quotation shows seller, buyer, lines and total", function()
  local page = shown("export_quotation", accepted_quotation())
  expect.equal(page.seller.name_en, "Ningbo Sample Import and Export Co., Ltd.")
  expect.equal(page.buyer.contact_name, "Tara Sutton")
  expect.equal(page.price_term, "CIF")
  expect.equal(page.holds_at_loading, false)
  expect.equal(page.seller_insures, true)
  expect.equal(page.currency_en, "US DOLLARS")
  expect.equal(page.items[1].quantity, "2,500")
  expect.equal(page.items[1].amount, "78,750.00")
  expect.equal(page.items[2].amount, "121.50")
  expect.equal(page.total_quantity, "2,500 PCS, 30 SET")
  expect.equal(page.total_text, "78,871.50")
  expect.equal(tostring(page.amount_total), "78871.50")
  expect.equal(page.replaces, "")
  -- 2500 / 24 -> 105 cartons and 30 / 24 -> 2
  expect.equal(page.packing.cartons, "107")
end)

test("a revision says what it replaces", function()
  local quotation = accepted_quotation()
  local revise = require("commands.revise_quotation").run
  revise({ quotation = quotation.code })
  local first = crm.find("export_quotation", "revision = 1")[1]
  expect.equal(shown("export_quotation", first).replaces, "QT202611-0001")
  crm.update(first, { status = "sent" })
  revise({ quotation = first.code })
  local second = crm.find("export_quotation", "revision = 2")[1]
  expect.equal(shown("export_quotation", second).replaces, "QT202611-0001-R1")
end)

test("a proforma invoice shows deposit, balance and the bank", function()
  local page = shown("proforma", proforma())
  -- 78871.50 × 30 % = 23661.45
  expect.equal(page.deposit_text, "23,661.45")
  expect.equal(page.deposit_percent, "30")
  expect.equal(page.balance_text, "55,210.05")
  expect.equal(page.quotation_code, "QT202611-0001")
  expect.equal(page.seller.beneficiary, "Ningbo Sample Import and Export Co., Ltd.")
  expect.equal(page.seller.swift, "SMPLCNBN")
  expect.equal(page.total_cny_text, "552,100.50")
end)

test("carton numbers run through the packing list and a partial carton is named", function()
  local invoice = proforma()
  crm.update(invoice, { status = "issued" })
  crm.update(invoice, { status = "confirmed" })
  require("commands.proforma_to_packing_list").run({ proforma = invoice.code })
  local page = shown("packing_list", crm.find("packing_list", "code = 'PL202611-0001'")[1])
  expect.equal(page.items[1].from, 1)
  expect.equal(page.items[1].to, 105)
  -- 2500 - 104 × 24
  expect.equal(page.items[1].partial, "4")
  expect.equal(page.items[2].from, 106)
  expect.equal(page.items[2].to, 107)
  expect.equal(page.items[2].partial, "6")
  -- 10.2 × 2500 / 24 = 1062.5 and 10.2 × 30 / 24 = 12.75
  expect.equal(page.totals.net, "1,075.25")
  expect.equal(page.totals.cartons, 107)
end)

test("the sheet shows every line for a piece and for the lot", function()
  local page = shown("export_budget", fixtures.budget(fixtures.product(), { other_costs = "1000.00" }))
  expect.equal(page.lot.purchase, "113,000.00")
  expect.equal(page.unit.purchase, "113.0000")
  expect.equal(page.lot.rebate, "13,000.00")
  expect.equal(page.unit.base, "101.0000")
  expect.equal(page.lot.packing, "")
  expect.equal(page.lot.freight, "")
  -- 101000 / 0.90 / 7000 = 16.0317…
  expect.equal(#page.prices, 1)
  expect.equal(page.prices[1].price, "16.03")
  expect.equal(page.prices[1].quoted, true)
  expect.equal(page.outcome.profit, "11,210.00")
end)

test("numbers are grouped and lose zeros at their end", function()
  local text = require "lib.text"
  expect.equal(text.grouped(crm.decimal("2400.000")), "2,400")
  expect.equal(text.grouped(crm.decimal("999.50")), "999.5")
  expect.equal(text.grouped(crm.decimal("-1234567.25")), "-1,234,567.25")
  expect.equal(text.grouped(crm.decimal("-123.00")), "-123")
  expect.equal(text.plain(nil), "")
end)

test("the sheet says how freight is paid", function()
  local product = fixtures.product()
  local rates = shown("export_budget", fixtures.budget(product, {
    freight_basis = "container", containers = 2, freight_rate = "1450.00", freight_currency = "USD",
    freight_exchange_rate = "7.1",
  })).rates
  expect.equal(rates.freight, "USD 1,450.00")
  expect.equal(rates.containers, 2)
  expect.equal(rates.freight_exchange, "7.1")
  local lot = fixtures.budget(product, { freight_basis = "lot", freight_rate = "90.00" })
  rates = shown("export_budget", lot).rates
  expect.equal(rates.freight, "CNY 90.00")
  expect.equal(rates.containers, "")
  expect.equal(rates.freight_exchange, "")
end)

test("prices hold at the port of loading for EXW, FCA, FAS and FOB", function()
  local quotation = accepted_quotation()
  for _, term in ipairs({ "EXW", "FCA", "FAS", "FOB" }) do
    local made = crm.create("export_quotation", {
      buyer = quotation.buyer, exchange_rate = "7", incoterm = term,
    })
    expect.equal(shown("export_quotation", made).holds_at_loading, true)
    expect.equal(shown("export_quotation", made).seller_insures, false)
  end
  local cip = crm.create("export_quotation", {
    buyer = quotation.buyer, exchange_rate = "7", incoterm = "CIP",
  })
  expect.equal(shown("export_quotation", cip).seller_insures, true)
end)

test("papers without lines have no empty row", function()
  fixtures.exporter()
  local quotation = crm.create("export_quotation", { buyer = fixtures.buyer(), exchange_rate = "7" })
  expect.equal(shown("export_quotation", quotation).items, "")
end)

test("a currency is named in the language of the paper", function()
  local quotation = accepted_quotation()
  expect.equal(shown("export_quotation", quotation).currency_en, "US DOLLARS")
  expect.equal(quotation:label("currency"), "美元")
end)
