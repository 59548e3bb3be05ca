-- The export budget (出口报价预算): from costs in CNY to FOB, CFR and CIF prices in the currency of the offer.
--
-- docs/guide/export-budget.md has the formulas. The lines of the sheet are CNY for the whole lot, each
-- rounded half up to the fen. The prices are solved from them as exact fractions and rounded once, half up,
-- to the currency's cent.

local fraction = require "lib.fraction"

local pricing = {}

local ZERO, HUNDRED = crm.decimal("0.00"), crm.decimal(100)

--- The terms that a budget has prices for, in the order in which each holds the costs of the one before.
pricing.TERMS = { "FOB", "CFR", "CIF" }

-- amount × percent / 100, to the fen.
local function percent_of(amount, percent)
  return (amount * percent):div(HUNDRED, 2)
end

--- The lines of the sheet that do not depend on a price, in CNY for the lot.
--- input: quantity, purchase_price and packing_price for a unit (the former with VAT), vat_rate, rebate_rate,
--- inland_freight, port_charges, other_costs, margin_rate, margin_basis; freight_rate in its currency,
--- freight_units (how many times the rate is paid) and freight_exchange_rate, all three or none.
function pricing.costs(input)
  local purchase = (input.purchase_price * input.quantity):round(2)
  local rebate = (purchase * input.rebate_rate):div(HUNDRED + input.vat_rate, 2)
  local packing = (input.packing_price * input.quantity):round(2)
  local domestic = packing + input.inland_freight + input.port_charges + input.other_costs
  local base = purchase - rebate + domestic
  local freight
  if input.freight_rate and input.freight_units and input.freight_exchange_rate then
    freight = fraction.of(input.freight_rate) * input.freight_units * input.freight_exchange_rate
    freight = fraction.round(freight, 2)
  end
  return {
    purchase = purchase,
    rebate = rebate,
    net_purchase = purchase - rebate,
    packing = packing,
    domestic = domestic,
    base = base,
    freight = freight,
    margin = input.margin_basis == "cost" and percent_of(base, input.margin_rate) or nil,
  }
end

--- What insurance takes of a CIF price in percent: rate × (100 + markup) / 100. Nil without a rate.
function pricing.insurance_share(input)
  if not input.insurance_rate then
    return nil
  end
  return input.insurance_rate * (HUNDRED + input.insurance_markup) * crm.decimal("0.01")
end

--- The percentage of each price that is left for the costs; nil where something is not known.
function pricing.shares(input)
  local fob = HUNDRED - input.bank_rate - input.commission_rate
  if input.margin_basis == "price" then
    fob = fob - input.margin_rate
  end
  local cfr = input.commission_basis == "fob" and fob + input.commission_rate or fob
  local insurance = pricing.insurance_share(input)
  return { FOB = fob, CFR = cfr, CIF = insurance and cfr - insurance or nil }
end

--- The unit prices { FOB, CFR, CIF } with so many places; CFR and CIF are nil while freight or insurance is
--- unknown. costs: the result of pricing.costs. Every share must be greater than zero.
function pricing.prices(input, costs, places)
  local shares = pricing.shares(input)
  local divisor = fraction.of(input.exchange_rate) * fraction.of(input.quantity)
  local base = fraction.of(costs.base) + (costs.margin or ZERO)
  local fob = base * HUNDRED / shares.FOB
  local prices = { FOB = fraction.round(fob / divisor, places) }
  if not costs.freight then
    return prices
  end
  local landed = base + costs.freight
  if input.commission_basis == "fob" then
    landed = landed + fob * input.commission_rate / HUNDRED
  end
  prices.CFR = fraction.round(landed * HUNDRED / shares.CFR / divisor, places)
  if shares.CIF then
    prices.CIF = fraction.round(landed * HUNDRED / shares.CIF / divisor, places)
  end
  return prices
end

--- What becomes of a rounded price: the sheet of one term in CNY for the lot. prices: of pricing.prices, but
--- the price of the term may be another, such as one that was agreed on.
function pricing.outcome(input, costs, prices, term)
  local price = prices[term]
  local function in_cny(unit_price)
    return fraction.round(fraction.of(unit_price) * input.quantity * input.exchange_rate, 2)
  end
  local function share(amount, percent)
    return fraction.round(fraction.of(amount) * percent / HUNDRED, 2)
  end
  local revenue = in_cny(price)
  local commission_on = input.commission_basis == "fob" and in_cny(prices.FOB) or revenue
  local result = {
    revenue = revenue,
    freight = term ~= "FOB" and costs.freight or ZERO,
    insurance = term == "CIF" and share(revenue, pricing.insurance_share(input)) or ZERO,
    commission = share(commission_on, input.commission_rate),
    bank = share(revenue, input.bank_rate),
  }
  result.profit = revenue - costs.base - result.freight - result.insurance - result.commission - result.bank
  local compared = input.margin_basis == "cost" and costs.base or revenue
  result.margin_rate = compared:is_zero() and ZERO or (result.profit * HUNDRED):div(compared, 2)
  return result
end

--- 换汇成本: the CNY that one unit of the currency costs, with four places: costs without margin over what FOB
--- brings in after commission. Nil when that is nothing.
function pricing.exchange_cost(input, costs, fob_price)
  local kept = HUNDRED - input.commission_rate
  if fob_price:is_zero() or kept <= ZERO then
    return nil
  end
  local earned = fraction.of(fob_price) * input.quantity * kept / HUNDRED
  return fraction.round(fraction.of(costs.base) / earned, 4)
end

return pricing
