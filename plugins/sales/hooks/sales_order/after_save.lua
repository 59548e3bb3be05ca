-- Another whole discount is spread over the lines. A confirmed order wins its opportunity and its customer.

local documents = require "lib.documents"
local stages = require "lib.stages"

return function(order)
  if not order:is_new() and order:changed("discount_rate") then
    documents.refresh(order)
  end
  if not order:changed("status") or order.status ~= "confirmed" then
    return
  end
  if order.opportunity then
    stages.advance(order.opportunity, "won", order.net)
  end
  if order.customer.status ~= "active" then
    crm.update(order.customer, { status = "active" })
  end
end
