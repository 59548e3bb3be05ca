-- The export budget sheet (出口报价预算单): every line for a unit and for the lot.

local currencies = require "lib.currencies"
local fraction = require "lib.fraction"
local text = require "lib.text"

local ZERO = crm.decimal("0.00")

local function freight_text(rec)
  return rec.freight_rate and rec.freight_currency .. " " .. rec.freight_rate:format() or ""
end

local function lot_lines(rec)
  return {
    purchase = rec.purchase_total,
    rebate = rec.rebate,
    net_purchase = rec.net_purchase,
    packing = rec.packing_total,
    inland = rec.inland_freight or ZERO,
    port = rec.port_charges or ZERO,
    other = rec.other_costs or ZERO,
    base = rec.base_cost,
    freight = rec.freight_total,
  }
end

-- The lines as texts; a line without a value, or with nothing that is not always shown, is "".
local function texts_of(lines, quantity)
  local lot, unit = { freight = "" }, { freight = "" }
  for name, amount in pairs(lines) do
    local hidden = amount:is_zero() and (name == "packing" or name == "other")
    lot[name] = hidden and "" or amount:format()
    unit[name] = hidden and "" or fraction.round(fraction.of(amount) / quantity, 4):format()
  end
  return lot, unit
end

local function prices_of(rec, places)
  local prices = {}
  for _, term in ipairs({ "FOB", "CFR", "CIF" }) do
    local price = rec[term:lower() .. "_price"]
    if price then
      prices[#prices + 1] = {
        term = term,
        quoted = term == rec.incoterm,
        price = text.money(price, places),
        total = text.money((price * rec.quantity):round(places), places),
      }
    end
  end
  return prices
end

local function outcome_of(rec, places)
  if not rec.price then
    return ""
  end
  return {
    total = text.money(rec.total, places),
    revenue = rec.revenue:format(),
    base = rec.base_cost:format(),
    freight = (rec.incoterm ~= "FOB" and rec.freight_total or ZERO):format(),
    insurance = rec.insurance:format(),
    commission = rec.commission:format(),
    bank = rec.bank_charges:format(),
    profit = rec.profit:format(),
    rate = text.plain(rec.profit_rate),
  }
end

local function data(rec)
  local places = currencies.places(rec.currency)
  local lot, unit = texts_of(lot_lines(rec), rec.quantity)
  return {
    sku = rec.product.code,
    product_name = rec.product.name,
    product_name_en = rec.product.name_en or rec.product.name,
    buyer_name = rec.buyer and rec.buyer.name or "",
    inquiry_code = rec.inquiry and rec.inquiry.code or "",
    quantity_text = text.grouped(rec.quantity),
    unit_name = rec.unit or "",
    carton_text = rec.cartons and text.grouped(rec.cartons) or "",
    currency_code = rec.currency,
    price_term = rec.incoterm,
    rate_text = text.plain(rec.exchange_rate),
    lot = lot,
    unit = unit,
    prices = prices_of(rec, places),
    outcome = outcome_of(rec, places),
    rates = {
      purchase = text.plain(rec.purchase_price),
      packing = text.plain(rec.packing_price),
      vat = text.plain(rec.vat_rate),
      rebate = text.plain(rec.rebate_rate),
      freight = freight_text(rec),
      containers = rec.freight_basis == "container" and rec.containers or "",
      freight_exchange = rec.freight_currency ~= "CNY" and text.plain(rec.freight_exchange_rate) or "",
      exchange_cost = text.plain(rec.exchange_cost),
      insurance = text.plain(rec.insurance_rate),
      markup = text.plain(rec.insurance_markup),
      commission = text.plain(rec.commission_rate),
      bank = text.plain(rec.bank_rate),
      margin = text.plain(rec.margin_rate),
    },
  }
end

return {
  name = "export_budget",
  object = "export_budget",
  title = { ["zh-CN"] = "出口报价预算单", ["zh-TW"] = "出口報價預算單", en = "Export budget" },
  data = data,
}
