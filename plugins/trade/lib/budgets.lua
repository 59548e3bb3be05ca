-- Export budgets as records: what the price computation takes from them and gives back to them.

local currencies = require "lib.currencies"
local filling = require "lib.filling"
local packing = require "lib.packing"
local pricing = require "lib.pricing"

local budgets = {}

local ZERO, THOUSAND = crm.decimal("0.00"), crm.decimal(1000)

--- How many times the freight rate is paid: cubic metres, revenue tons, containers, or once. Nil when not
--- known.
function budgets.freight_units(rec)
  local basis = rec.freight_basis
  if basis == "lot" then
    return crm.decimal(1)
  elseif basis == "container" then
    return rec.containers and crm.decimal(rec.containers)
  elseif basis == "cbm" then
    return rec.total_cbm
  end
  if not rec.total_cbm or not rec.total_gross_kg then
    return nil
  end
  local tonnes = rec.total_gross_kg:div(THOUSAND, 6)
  return tonnes > rec.total_cbm and tonnes or rec.total_cbm
end

--- How many containers of a type the goods of a budget fill, by room and by weight.
function budgets.containers(rec)
  local container = rec.container
  if not container or not rec.total_cbm then
    return nil
  end
  local count = packing.ceiling(rec.total_cbm, container.volume)
  if rec.total_gross_kg then
    count = math.max(count, packing.ceiling(rec.total_gross_kg, container.payload))
  end
  return count
end

--- Cartons, volume and gross weight of the quantity of a budget.
function budgets.measure(rec)
  return packing.measure(rec.quantity, {
    per_carton = rec.qty_per_carton, cbm = rec.cbm, gross = rec.gross_kg,
    net = filling.net_weight(rec.product, rec.gross_kg),
  })
end

--- What pricing takes, from a budget whose values were checked.
function budgets.input(rec)
  return {
    quantity = rec.quantity,
    exchange_rate = rec.exchange_rate,
    purchase_price = rec.purchase_price,
    packing_price = rec.packing_price or ZERO,
    inland_freight = rec.inland_freight or ZERO,
    port_charges = rec.port_charges or ZERO,
    other_costs = rec.other_costs or ZERO,
    vat_rate = rec.vat_rate,
    rebate_rate = rec.rebate_rate,
    freight_rate = rec.freight_rate,
    freight_units = budgets.freight_units(rec),
    freight_exchange_rate = rec.freight_exchange_rate,
    insurance_rate = rec.insurance_rate,
    insurance_markup = rec.insurance_markup or ZERO,
    commission_rate = rec.commission_rate or ZERO,
    commission_basis = rec.commission_basis,
    bank_rate = rec.bank_rate or ZERO,
    margin_rate = rec.margin_rate or ZERO,
    margin_basis = rec.margin_basis,
  }
end

--- Everything a budget computes, by field; a field without a value is missing.
function budgets.results(rec)
  local input = budgets.input(rec)
  local places = currencies.places(rec.currency)
  local costs = pricing.costs(input)
  local prices = pricing.prices(input, costs, places)
  local results = {
    purchase_total = costs.purchase,
    rebate = costs.rebate,
    net_purchase = costs.net_purchase,
    packing_total = costs.packing,
    domestic_total = costs.domestic,
    base_cost = costs.base,
    freight_total = costs.freight,
    fob_price = prices.FOB,
    cfr_price = prices.CFR,
    cif_price = prices.CIF,
    exchange_cost = pricing.exchange_cost(input, costs, prices.FOB),
  }
  local price = prices[rec.incoterm]
  if price then
    local outcome = pricing.outcome(input, costs, prices, rec.incoterm)
    results.price = price
    results.total = (price * rec.quantity):round(places)
    results.revenue = outcome.revenue
    results.commission = outcome.commission
    results.insurance = outcome.insurance
    results.bank_charges = outcome.bank
    results.profit = outcome.profit
    results.profit_rate = outcome.margin_rate
  end
  return results
end

--- The fields that budgets.results gives.
budgets.RESULT_FIELDS = {
  "purchase_total", "rebate", "net_purchase", "packing_total", "domestic_total", "base_cost",
  "freight_total", "fob_price", "cfr_price", "cif_price", "exchange_cost", "price", "total", "revenue",
  "commission", "insurance", "bank_charges", "profit", "profit_rate",
}

--- The unit price of a budget for a term, nil when it has none: { FOB, CFR, CIF } only.
function budgets.price(rec, term)
  local field = ({ FOB = "fob_price", CFR = "cfr_price", CIF = "cif_price" })[term]
  return field and rec[field]
end

return budgets
