-- A distributor is a customer too: orders, credit and receipts are kept there.

local customers = require "lib.customers"

return function(distributor)
  if not distributor:id_of("customer") then
    distributor.customer = customers.for_distributor(distributor)
  end
end
