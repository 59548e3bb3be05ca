-- The contact is one of the customer.

local checks = require "lib.checks"

return function(opportunity, fail)
  checks.belongs_to_customer(opportunity, "contact", fail)
end
