-- A distributor whose certificate has expired, or ends soon, gets no order. A new order is checked on its date; one
-- that is confirmed later, on the day of the confirmation. Orders already confirmed may be delivered, paid and closed.

local customers = require "lib.customers"
local gsp = require "lib.gsp"

local function day_to_check(order)
  local confirmed_now = order.status == "confirmed" and order:changed("status") and not order:is_new()
  local today = crm.date.today()
  if confirmed_now and today > order.ordered_on then
    return today
  end
  return order.ordered_on
end

local function concerns(order)
  return order:is_new() or order:changed("customer") or order:changed("ordered_on")
    or order:changed("status") and order.status == "confirmed"
end

return function(order, fail)
  if not order.ordered_on or not concerns(order) then
    return
  end
  local customer_id = order:id_of("customer")
  local distributor = customer_id and customers.distributor(customer_id)
  if not distributor then
    return
  end
  local day = day_to_check(order)
  for _, certificate in ipairs(gsp.obstacles(distributor, day)) do
    fail("customer", crm.t("gsp." .. certificate.kind .. "_" .. certificate.state, {
      distributor = distributor.name,
      number = certificate.number,
      valid_until = tostring(certificate.valid_until),
      day = tostring(day),
      days = certificate.days,
      needed = crm.plugin.settings.gsp_warning_days,
    }))
  end
end
