-- The customer of a distributor keeps the distributor's name, place and credit limit.

local customers = require "lib.customers"

return function(distributor)
  local customer = distributor.customer
  local values = customer and customers.difference(distributor, customer)
  if values then
    crm.update(customer, values)
  end
end
