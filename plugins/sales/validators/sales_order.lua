-- A confirmed order stays as it is and within the customer's credit.

local checks = require "lib.checks"
local receivables = require "lib.receivables"

local TERMS = { "customer", "discount_rate", "ordered_on", "quote" }

local function within_credit(order, fail)
  local limit = order.customer and order.customer.credit_limit
  if not limit or order.status ~= "confirmed" or not order:changed("status") then
    return
  end
  local owed = receivables.owed(order.customer, order)
  if owed + order.outstanding > limit then
    fail("status", crm.t("order.over_credit", {
      customer = order.customer.name,
      limit = limit:format(),
      owed = owed:format(),
      amount = order.outstanding:format(),
      over = (owed + order.outstanding - limit):format(),
    }))
  end
end

return function(order, fail)
  checks.unchanged(order, TERMS, fail)
  checks.belongs_to_customer(order, "contact", fail)
  checks.belongs_to_customer(order, "opportunity", fail)
  checks.belongs_to_customer(order, "quote", fail)
  within_credit(order, fail)
end
