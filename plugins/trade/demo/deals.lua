-- Twelve inquiries go on: all are budgeted and quoted, some quotations are revised, some become deals.

local papers = require "lib.papers"

local function run(command, args)
  return require("commands." .. command).run(args)
end

local SHIPPING = {
  packing_price = "0.60",
  inland_freight = "1800.00",
  port_charges = "1250.00",
  freight_basis = "cbm",
  freight_rate = "72.00",
  freight_currency = "USD",
  insurance_rate = "0.3",
  commission_rate = "3",
  bank_rate = "0.2",
}

local function quote(inquiry)
  run("inquiry_to_budget", { inquiry = inquiry.code })
  local budget = crm.find("export_budget", "inquiry = ?", { params = { inquiry.id }, limit = 1 })[1]
  crm.update(budget, SHIPPING)
  run("budget_to_quotation", { budget = budget.code })
  local quotation = crm.find("export_quotation", "inquiry = ?", { params = { inquiry.id }, limit = 1 })[1]
  return crm.update(quotation, { status = "sent" })
end

-- Two percent less on every line.
local function revise(quotation)
  run("revise_quotation", { quotation = quotation.code, reason = "Target price" })
  local revised = papers.find("export_quotation", quotation.code .. "-R1")
  for _, line in ipairs(revised.lines) do
    crm.update(line, { unit_price = (line.unit_price * crm.decimal("0.98")):round(2) })
  end
  return crm.update(revised, { status = "sent" })
end

local function sell(quotation)
  crm.update(quotation, { status = "accepted" })
  run("quotation_to_proforma", { quotation = quotation.code })
  local proforma = crm.find("proforma", "quotation = ?", { params = { quotation.id }, limit = 1 })[1]
  crm.update(proforma, { status = "issued" })
  crm.update(proforma, { status = "confirmed" })
  return proforma
end

local function pack(proforma)
  run("proforma_to_packing_list", { proforma = proforma.code })
  local list = crm.find("packing_list", "proforma = ?", { params = { proforma.id }, limit = 1 })[1]
  local marks = proforma.buyer.name:upper() .. "\n" .. proforma.code .. "\nC/NO. 1-UP"
  crm.update(list, { status = "issued", marks = marks })
end

if crm.count("export_budget") == 0 then
  local condition = "kind = 'inquiry' and status = 'new' and delivery_days is not empty and lead is not empty"
  local chosen = crm.find("inquiry", condition, { sort = "received_on desc, id", limit = 12 })
  local salespeople = crm.find("salesperson", "code like 'FT0%'", { sort = "code" })
  for index, inquiry in ipairs(chosen) do
    inquiry = crm.update(inquiry, { owner = salespeople[index % #salespeople + 1] })
    local quotation = quote(inquiry)
    if index % 3 == 0 then
      quotation = revise(quotation)
    end
    if index % 4 == 1 then
      local proforma = sell(quotation)
      if index == 1 then
        pack(proforma)
      end
    elseif index % 4 == 2 then
      crm.update(quotation, { status = "rejected", lost_reason = "price" })
    end
  end
end
