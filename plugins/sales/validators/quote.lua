-- A quote that left the house stays as it is; contact and opportunity are those of the customer.

local checks = require "lib.checks"

local TERMS = { "customer", "discount_rate", "quoted_on" }

return function(quote, fail)
  checks.unchanged(quote, TERMS, fail)
  checks.belongs_to_customer(quote, "contact", fail)
  checks.belongs_to_customer(quote, "opportunity", fail)
end
