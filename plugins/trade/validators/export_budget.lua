-- What must be known, and that percentages leave something of the price for the costs.

local budgets = require "lib.budgets"
local currencies = require "lib.currencies"
local limits = require "lib.limits"
local pricing = require "lib.pricing"
local text = require "lib.text"

local ZERO = crm.decimal(0)

local function is_known(rec, fail)
  for _, field in ipairs({ "purchase_price", "vat_rate", "rebate_rate" }) do
    if rec[field] == nil and rec.product then
      fail(field, crm.t("budget.missing_" .. field, { product = rec.product.code }))
    end
  end
  -- Beside another mistake in the values the hook that looks the rate up has not run.
  if rec.exchange_rate == nil and not currencies.rate(rec.currency, rec.prepared_on) then
    fail("exchange_rate", crm.t("budget.missing_exchange_rate", { currency = rec.currency or "" }))
  end
end

local function freight_is_known(rec, fail)
  if not rec.freight_rate then
    return
  end
  if rec.freight_basis == "container" and not rec.container and not rec.containers then
    fail("container", crm.t("budget.missing_container"))
  elseif not budgets.freight_units(rec) then
    fail("freight_basis", crm.t("budget.missing_measures", { basis = rec:label("freight_basis") }))
  end
  if not rec.freight_exchange_rate and not currencies.rate(rec.freight_currency, rec.prepared_on) then
    fail("freight_exchange_rate", crm.t("budget.missing_freight_exchange_rate", {
      currency = rec.freight_currency or "",
    }))
  end
end

local function is_within_limits(rec, fail)
  limits.check_amount(rec.quantity, rec.purchase_price, fail)
  limits.check_amount(rec.quantity, rec.packing_price, fail)
  limits.check_freight(rec.freight_rate, budgets.freight_units(rec), rec.freight_exchange_rate, fail)
end

-- Only one message, for the term that has least left.
local function leaves_something(rec, fail)
  local input = budgets.input(rec)
  local shares = pricing.shares(input)
  for _, term in ipairs(pricing.TERMS) do
    local share = shares[term]
    if share and share <= ZERO then
      fail("margin_rate", crm.t("budget.nothing_left", {
        term = term,
        taken = text.plain(crm.decimal(100) - share),
        commission = text.plain(input.commission_rate),
        bank = text.plain(input.bank_rate),
        margin = input.margin_basis == "price" and text.plain(input.margin_rate) or "0",
        insurance = term == "CIF" and text.plain(pricing.insurance_share(input)) or "0",
      }))
      return
    end
  end
end

return function(rec, fail)
  is_known(rec, fail)
  freight_is_known(rec, fail)
  is_within_limits(rec, fail)
  leaves_something(rec, fail)
end
