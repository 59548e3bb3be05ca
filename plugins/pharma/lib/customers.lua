-- Distributors and the customers of the sales plugin that stand for them.

local customers = {}

-- Fields that distributor and customer share, under the same names.
local SHARED = { "name", "region", "province", "city", "address", "phone", "credit_limit" }

--- The distributor of a customer, nil when the customer is none.
function customers.distributor(customer_id)
  return crm.find("distributor", "customer = ?", { params = { customer_id }, limit = 1 })[1]
end

--- What has to change in `other` so that it agrees with `record`, or nil when it does.
function customers.difference(record, other)
  local values, differs = {}, false
  for _, field in ipairs(SHARED) do
    if record[field] ~= other[field] then
      values[field] = record[field] == nil and "" or record[field]
      differs = true
    end
  end
  return differs and values or nil
end

--- The customer of the same name that is no distributor's yet, else a new one.
function customers.for_distributor(distributor)
  local found = crm.find("customer", "name = ?", { params = { distributor.name }, sort = "id", limit = 20 })
  for _, customer in ipairs(found) do
    if not customers.distributor(customer.id) then
      return customer
    end
  end
  local values = { status = "active" }
  for _, field in ipairs(SHARED) do
    values[field] = distributor[field]
  end
  return crm.create("customer", values)
end

return customers
