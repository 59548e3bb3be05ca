-- Fills in what follows from inquiry, buyer, product and the day, and measures the cartons.

local budgets = require "lib.budgets"
local currencies = require "lib.currencies"
local filling = require "lib.filling"

local SOLVED = { FOB = true, CFR = true, CIF = true }

local function fill_from_inquiry(rec, inquiry)
  local fill = filling.of(rec, "inquiry")
  fill("product", inquiry.product)
  fill("buyer", inquiry.buyer)
  fill("quantity", inquiry.quantity)
  if rec:is_new() and SOLVED[inquiry.incoterm] and rec.incoterm == "FOB" then
    rec.incoterm = inquiry.incoterm
  end
end

local function fill_from_product(rec, product)
  local fill = filling.of(rec, "product")
  fill("unit", product.unit)
  fill("purchase_price", product.trade_cost)
  fill("vat_rate", product.trade_vat_rate)
  fill("rebate_rate", product.trade_rebate_rate)
  fill("qty_per_carton", product.trade_qty_per_carton)
  fill("cbm", product.trade_cbm)
  fill("gross_kg", product.trade_gross_kg)
end

local function fill_rates(rec)
  filling.of(rec, "currency")("exchange_rate", currencies.rate(rec.currency, rec.prepared_on))
  local freight = rec.freight_currency == rec.currency and rec.exchange_rate
    or currencies.rate(rec.freight_currency, rec.prepared_on)
  filling.of(rec, "freight_currency")("freight_exchange_rate", freight)
end

local function measure(rec)
  local measured = budgets.measure(rec)
  rec.cartons = measured.cartons
  rec.total_cbm = measured.cbm
  rec.total_gross_kg = measured.gross
  local typed = rec.containers and rec:changed("containers")
  if not typed and (rec:is_new() or rec:changed("container") or rec:changed("total_cbm")) then
    rec.containers = budgets.containers(rec)
  end
end

return function(rec)
  if rec.inquiry then
    fill_from_inquiry(rec, rec.inquiry)
  end
  if rec.product then
    fill_from_product(rec, rec.product)
  end
  fill_rates(rec)
  rec.margin_basis = rec.margin_basis or crm.plugin.settings.margin_basis
  if rec.quantity and rec.quantity > crm.decimal(0) then
    measure(rec)
  end
end
