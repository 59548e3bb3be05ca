-- Fills in what follows from quote, customer and settings; adds up the lines and what was received.

local documents = require "lib.documents"
local receivables = require "lib.receivables"

local ZERO = crm.decimal("0.00")

return function(order)
  if order.quote and order:is_new() then
    order.customer = order.customer or order.quote.customer
    order.opportunity = order.opportunity or order.quote.opportunity
    order.contact = order.contact or order.quote.contact
    order.discount_rate = order.discount_rate or order.quote.discount_rate
  end
  documents.fill(order)
  if order.ordered_on and not order.due_on then
    order.due_on = order.ordered_on + crm.plugin.settings.payment_days
  end
  for field, amount in pairs(documents.sums(order)) do
    order[field] = amount
  end
  order.received = receivables.received(order)
  order.outstanding = receivables.is_owed(order.status) and order.total - order.received or ZERO
end
