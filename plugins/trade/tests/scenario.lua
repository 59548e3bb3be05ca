-- The story of a deal: mail, lead, budget, quotation, revision, proforma invoice, order, packing lists.

local fixtures = require "tests.support.fixtures"

local function run(command, args)
  return require("commands." .. command).run(args)
end

local function find(object, code)
  return crm.find(object, "code = ?", { params = { code } })[1]
end

test("from the inquiry to the packing list", function()
  fixtures.rate("USD", "7.0825")
  fixtures.exporter()
  fixtures.product()

  -- 2 November: the mail arrives, becomes a lead, and the buyer is new.
  local inquiry = fixtures.inquiry({ message_id = "1@mail.example" })
  expect.equal(inquiry.kind, "inquiry")
  expect.equal(inquiry.lead.status, "new")
  expect.equal(inquiry.buyer, nil)

  -- The budget: case 3 of the ten.
  local said = run("inquiry_to_budget", { inquiry = "IQ202611-0001" })
  expect.truthy(said:find("EB202611-0001", 1, true))
  inquiry = crm.get("inquiry", inquiry.id)
  expect.equal(inquiry.status, "qualified")
  expect.equal(inquiry.buyer.name, "Tran-Whitaker Ltd")
  expect.equal(inquiry.lead.status, "qualified")
  expect.equal(inquiry.lead:id_of("customer"), inquiry.buyer:id_of("customer"))
  local budget = crm.update(find("export_budget", "EB202611-0001"), {
    packing_price = "1.20", inland_freight = "2600.00", port_charges = "1850.00", margin_rate = "15",
    commission_rate = "3", bank_rate = "0.25", freight_rate = "85.00", insurance_rate = "0.3",
  })
  expect.equal(tostring(budget.cif_price), "31.97")

  -- The quotation: CIF Rotterdam, 31.97 × 2400.
  run("budget_to_quotation", { budget = "EB202611-0001" })
  local quotation = find("export_quotation", "QT202611-0001")
  expect.equal(quotation.incoterm, "CIF")
  expect.equal(quotation.port_of_destination, "NLRTM")
  expect.equal(tostring(quotation.total), "76728.00")
  expect.equal(tostring(quotation.profit_cny), "81553.99")
  crm.update(quotation, { status = "sent" })
  expect.equal(crm.get("inquiry", inquiry.id).status, "quoted")

  -- The buyer wants 31.50 for 2,500: 2500 × 31.50 = 78750.00
  run("revise_quotation", { quotation = "QT202611-0001", reason = "31.50 for 2,500" })
  local revised = find("export_quotation", "QT202611-0001-R1")
  crm.update(revised.lines[1], { quantity = "2500", unit_price = "31.50" })
  revised = crm.update(revised, { status = "sent" })
  expect.equal(crm.get("inquiry", inquiry.id):id_of("quotation"), revised.id)
  expect.equal(tostring(revised.total), "78750.00")
  -- Of the lot of 2400 at 31.50: revenue 75600 × 7.0825 = 535437.00, commission 3 % = 16063.11, bank
  -- charges 0.25 % = 1338.59, insurance 0.33 % = 1766.94; with 440731.77 and 1685.64 they cost 461586.05;
  -- × 2500 / 2400 = 480818.80.
  expect.equal(tostring(revised.cost_cny), "480818.80")
  -- 78750 × 7.0825 = 557746.875 -> 557746.88, less 480818.80
  expect.equal(tostring(revised.profit_cny), "76928.08")
  -- 76928.08 / 557746.88 = 13.79265… %
  expect.equal(tostring(revised.profit_rate), "13.79")

  -- The report shows both.
  local rows = require("reports.revisions").run({ quotation = "QT202611-0001" }).rows
  expect.equal(#rows, 2)
  expect.equal(rows[1].change, nil)
  expect.equal(tostring(rows[2].change), "2022.00")

  -- Only an accepted quotation becomes a proforma invoice.
  expect.error(function()
    run("quotation_to_proforma", { quotation = "QT202611-0001-R1" })
  end, "买家接受后才能开形式发票")
  crm.update(revised, { status = "accepted" })
  expect.equal(crm.get("inquiry", inquiry.id).status, "won")
  run("quotation_to_proforma", { quotation = "QT202611-0001-R1", order_number = "PO-77" })
  local proforma = find("proforma", "PI202611-0001")
  expect.equal(tostring(proforma.total), "78750.00")
  expect.equal(tostring(proforma.deposit), "23625.00")
  expect.equal(tostring(proforma.balance), "55125.00")
  expect.error(function()
    run("quotation_to_proforma", { quotation = "QT202611-0001-R1" })
  end, "已有形式发票 PI202611-0001")

  -- Confirmed, it becomes an order of sales: 31.50 × 7.0825 = 223.09875 -> 223.10; × 2500 = 557750.00
  crm.update(proforma, { status = "issued" })
  expect.error(function()
    run("proforma_to_packing_list", { proforma = "PI202611-0001" })
  end, "确认后才能装箱")
  proforma = crm.update(proforma, { status = "confirmed" })
  local order = crm.get("sales_order", proforma:id_of("sales_order"))
  expect.equal(order.customer.name, "Tran-Whitaker Ltd")
  expect.equal(order.status, "confirmed")
  expect.equal(tostring(order.total), "557750.00")

  -- 500 pieces go first: 20 full cartons and one with 20 pieces.
  local line = proforma.lines[1]
  local function pack(quantity)
    return crm.create("packing_list", {
      proforma = proforma, lines = { { proforma_line = line, quantity = quantity } },
    })
  end
  local first = pack("500")
  first = crm.update(crm.get("packing_list", first.id), { status = "issued" })
  expect.equal(first.code, "PL202611-0001")
  expect.equal(first.cartons, 21)
  expect.equal(tostring(first.total_gross_kg), "225.100")
  expect.equal(crm.get("proforma", proforma.id).status, "confirmed")
  expect.error(function()
    pack("2001")
  end, "装箱 2001 PCS，超过待装数量 2000 PCS")

  -- The rest: 2000 / 24 = 83.33 -> 84 cartons; 84 × 0.028 = 2.352 CBM; net 10.2 × 2000 / 24 = 850;
  -- tare 84 × 0.6 = 50.4
  run("proforma_to_packing_list", { proforma = "PI202611-0001" })
  local second = find("packing_list", "PL202611-0002")
  expect.equal(second.cartons, 84)
  expect.equal(tostring(second.total_cbm), "2.3520")
  expect.equal(tostring(second.total_net_kg), "850.000")
  expect.equal(tostring(second.total_gross_kg), "900.400")
  crm.update(second, { status = "issued" })
  expect.equal(crm.get("proforma", proforma.id).status, "shipped")
  expect.equal(crm.get("sales_order", order.id).status, "delivered")
  expect.error(function()
    run("proforma_to_packing_list", { proforma = "PI202611-0001" })
  end, "已全部装箱")

  -- What the tax office pays back: 56342.23 × 2500 / 2400 = 58689.8229…
  local rebates = require("reports.rebates").run({}).rows
  expect.equal(#rebates, 1)
  expect.equal(rebates[1].month, "2026-11")
  expect.equal(tostring(rebates[1].rebate), "58689.82")

  -- One of one inquiry was won.
  local inquiries = require("reports.inquiries").run({ by = "country" }).rows
  expect.equal(inquiries[1].key, "Kazakhstan")
  expect.equal(inquiries[1].won, 1)
  expect.equal(tostring(inquiries[1].conversion), "100.00")
end)
