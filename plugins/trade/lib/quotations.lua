-- Totals of export quotations, and the profit that their budgets let expect.

local fraction = require "lib.fraction"
local goods = require "lib.goods"
local papers = require "lib.papers"
local pricing = require "lib.pricing"
local budgets = require "lib.budgets"

local quotations = {}

local HUNDRED = crm.decimal(100)

local FIELDS = {
  "total", "total_cny", "cost_cny", "profit_cny", "profit_rate", "cartons", "total_cbm", "total_gross_kg",
  "total_net_kg",
}

-- The prices of a budget with another one for a term.
local function prices_with(budget, term, price)
  local prices = { FOB = budget.fob_price, CFR = budget.cfr_price, CIF = budget.cif_price }
  prices[term] = price
  return prices
end

--- Everything that a line's goods cost when they are sold at its price: the lot of the budget in proportion,
--- with freight, insurance, commission and bank charges of the term. Nil for a term that budgets do not
--- solve, or without the freight or insurance that the term needs.
function quotations.cost(line, budget, quotation)
  local term = quotation.incoterm
  if not budgets.price(budget, term) then
    return nil
  end
  local input = budgets.input(budget)
  local costs = pricing.costs(input)
  input.exchange_rate = quotation.exchange_rate
  local outcome = pricing.outcome(input, costs, prices_with(budget, term, line.unit_price), term)
  local lot = outcome.revenue - outcome.profit
  return fraction.round(fraction.of(lot) * line.quantity / budget.quantity, 2)
end

--- Computes the totals of a quotation from its lines and saves them when they differ.
function quotations.add_up(quotation)
  local lines = quotation.lines
  local totals = papers.totals(quotation, lines)
  totals.cost_cny = goods.sum(lines, "cost_cny")
  if totals.cost_cny and totals.total_cny then
    totals.profit_cny = totals.total_cny - totals.cost_cny
    if not totals.total_cny:is_zero() then
      totals.profit_rate = (totals.profit_cny * HUNDRED):div(totals.total_cny, 2)
    end
  end
  papers.store(quotation, totals, FIELDS)
end

return quotations
