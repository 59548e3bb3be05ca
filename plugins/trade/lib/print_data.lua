-- What the printed papers show beside the fields of their records. Every name is always there: "" stands for
-- what is missing.

local currencies = require "lib.currencies"
local goods = require "lib.goods"
local text = require "lib.text"

local print_data = {}

-- Terms whose price holds at the port of loading; the others hold at the port of destination.
local HOLDS_AT_LOADING = { EXW = true, FCA = true, FAS = true, FOB = true }
local SELLER_INSURES = { CIF = true, CIP = true }

--- The seller; exporter may be nil.
function print_data.seller(exporter)
  if not exporter then
    return { name = "", name_en = "", address = "", address_en = "", phone = "", email = "", beneficiary = "",
      bank = "", bank_address = "", bank_account = "", swift = "" }
  end
  return {
    name = exporter.name,
    name_en = exporter.name_en,
    address = exporter.address or exporter.address_en or "",
    address_en = exporter.address_en or "",
    phone = exporter.phone or "",
    email = exporter.email or "",
    beneficiary = exporter.beneficiary or exporter.name_en,
    bank = exporter.bank or "",
    bank_address = exporter.bank_address or "",
    bank_account = exporter.bank_account or "",
    swift = exporter.swift or "",
  }
end

--- The buyer; may be nil.
function print_data.buyer(buyer)
  return {
    name = buyer and buyer.name or "",
    address = buyer and buyer.address or "",
    country = buyer and buyer.country or "",
    contact_name = buyer and buyer.contact_name or "",
    email = buyer and buyer.email or "",
  }
end

--- The quantities of lines added up by unit: "2,400 PCS, 10 SET".
function print_data.quantities(lines)
  local units, sums = {}, {}
  for _, line in ipairs(lines) do
    local unit = line.unit or ""
    if not sums[unit] then
      units[#units + 1] = unit
    end
    sums[unit] = sums[unit] and sums[unit] + line.quantity or line.quantity
  end
  local parts = {}
  for index, unit in ipairs(units) do
    parts[index] = text.grouped(sums[unit]) .. " " .. unit
  end
  return table.concat(parts, ", ")
end

-- "" while one measure is not known, so that the page leaves the row out.
local function packing_of(paper)
  if not paper.cartons or not paper.total_cbm or not paper.total_gross_kg or not paper.total_net_kg then
    return ""
  end
  return {
    cartons = text.grouped(paper.cartons),
    cbm = text.grouped(paper.total_cbm),
    gross = text.grouped(paper.total_gross_kg),
    net = text.grouped(paper.total_net_kg),
  }
end

--- The number of the revision that a paper replaced, "" for the first.
function print_data.replaces(paper)
  if not paper.original or paper.revision == 0 then
    return ""
  end
  return paper.original.code .. (paper.revision > 1 and "-R" .. (paper.revision - 1) or "")
end

local function item(line, places)
  return {
    sku = line.product.code,
    name = line.product.name,
    description = line.description or line.product.name_en or line.product.name,
    quantity = text.grouped(line.quantity),
    unit = line.unit or "",
    unit_price = text.money(line.unit_price, places),
    amount = text.money(line.amount, places),
  }
end

--- What quotations and proforma invoices have in common; more(line): further values of a line.
function print_data.offer(paper, more)
  local places = currencies.places(paper.currency)
  local lines, items = paper.lines, {}
  for index, line in ipairs(lines) do
    items[index] = item(line, places)
    items[index].hs_code = more and more(line) or ""
  end
  return {
    seller = print_data.seller(paper.exporter),
    buyer = print_data.buyer(paper.buyer),
    replaces = print_data.replaces(paper),
    price_term = paper.incoterm,
    holds_at_loading = HOLDS_AT_LOADING[paper.incoterm] == true,
    seller_insures = SELLER_INSURES[paper.incoterm] == true,
    currency_code = paper.currency,
    currency_en = currencies.name(paper.currency),
    items = #items > 0 and items or "",
    total_quantity = print_data.quantities(lines),
    total_text = text.money(goods.sum(lines, "amount"), places),
    amount_total = goods.sum(lines, "amount") or crm.decimal(0),
    packing = packing_of(paper),
  }
end

return print_data
