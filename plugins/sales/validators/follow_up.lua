-- Contact and opportunity are those of the customer.

local checks = require "lib.checks"

return function(follow_up, fail)
  checks.belongs_to_customer(follow_up, "contact", fail)
  checks.belongs_to_customer(follow_up, "opportunity", fail)
end
