-- Fills in what follows from quote, customer and settings; adds up the lines and what was received.

local documents = require "lib.documents"
local receivables = require "lib.receivables"

local ZERO = crm.decimal("0.00")

-- The days on which the order was confirmed and cancelled, for what was owed on a past day. Of orders of the past nobody knows
-- when they were cancelled; they count as confirmed on their own day.
local function date_status(order)
  if not order:is_new() and not order:changed("status") then
    return
  end
  if order.status == "draft" then
    order.confirmed_on, order.cancelled_on = nil, nil
  elseif order.status == "cancelled" then
    if not order:any_stage() then
      order.cancelled_on = order.cancelled_on or crm.date.today()
    end
    -- Orders that were confirmed before there was such a day.
    if not order:is_new() and receivables.is_owed(order:old("status")) then
      order.confirmed_on = order.confirmed_on or order.ordered_on
    end
  else
    order.confirmed_on = order.confirmed_on or order:any_stage() and order.ordered_on or crm.date.today()
  end
end

return function(order)
  if order.quote and order:is_new() then
    order.customer = order.customer or order.quote.customer
    order.opportunity = order.opportunity or order.quote.opportunity
    order.contact = order.contact or order.quote.contact
    order.discount_rate = order.discount_rate or order.quote.discount_rate
  end
  documents.fill(order)
  date_status(order)
  if order.ordered_on and not order.due_on then
    order.due_on = order.ordered_on + crm.plugin.settings.payment_days
  end
  for field, amount in pairs(documents.sums(order)) do
    order[field] = amount
  end
  order.received = receivables.received(order)
  order.outstanding = receivables.is_owed(order.status) and order.total - order.received or ZERO
end
