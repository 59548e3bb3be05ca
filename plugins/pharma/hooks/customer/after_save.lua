-- What is changed at the customer of a distributor is changed at the distributor, so that both agree.

local customers = require "lib.customers"

return function(customer)
  if customer:is_new() then
    return
  end
  local distributor = customers.distributor(customer.id)
  local values = distributor and customers.difference(customer, distributor)
  if values then
    crm.update(distributor, values)
  end
end
