-- A line has a price, in the currency of its quotation and from a budget that fits.

local limits = require "lib.limits"
local papers = require "lib.papers"

local function budget_fits(line, quotation, fail)
  local budget = line.budget
  if budget.currency ~= quotation.currency then
    fail("budget", crm.t("quotation_line.other_currency", {
      budget = budget.code,
      budget_currency = budget.currency,
      currency = quotation.currency,
    }))
  end
  local buyer = budget:id_of("buyer")
  if buyer and buyer ~= quotation:id_of("buyer") then
    fail("budget", crm.t("quotation_line.other_buyer", {
      budget = budget.code,
      budget_buyer = budget.buyer.name,
      buyer = quotation.buyer and quotation.buyer.name or "",
    }))
  end
  if line.product and budget:id_of("product") ~= line:id_of("product") then
    fail("budget", crm.t("quotation_line.other_product", {
      budget = budget.code,
      product = budget.product.code,
    }))
  end
end

return function(line, fail)
  local quotation = line.quotation
  papers.check_line(quotation, fail)
  if not quotation then
    return
  end
  if line.budget then
    budget_fits(line, quotation, fail)
  end
  if not line.unit_price then
    local key = line.budget and "quotation_line.budget_without_price" or "quotation_line.no_price"
    fail("unit_price", crm.t(key, {
      budget = line.budget and line.budget.code or "",
      term = quotation.incoterm,
    }))
  end
  papers.check_places(line, quotation.currency, fail)
  limits.check_amount(line.quantity, line.unit_price, fail)
end
