-- What orders are owed and what was received for them.

local receivables = {}

local ZERO = crm.decimal("0.00")

local OWED = { confirmed = true, delivered = true, closed = true }

--- The condition on orders that customers owe us for.
receivables.owed_condition = "status in ('confirmed', 'delivered', 'closed')"

--- Whether an order in this status is owed.
function receivables.is_owed(status)
  return OWED[status] == true
end

--- Whether money may be allocated to an order in this status.
function receivables.takes_money(status)
  return status == "confirmed" or status == "delivered"
end

local function sum(field, record)
  if record:is_new() then
    return ZERO
  end
  local row = crm.aggregate("receipt_allocation", {
    where = field .. " = ?",
    params = { record.id },
    measures = { amount = "sum(amount)" },
  })[1]
  return row and row.amount or ZERO
end

--- What was received for an order.
function receivables.received(order)
  return sum("order", order)
end

--- What of a receipt was allocated to orders.
function receivables.allocated(receipt)
  return sum("receipt", receipt)
end

--- What a customer owes for orders other than one.
function receivables.owed(customer, except)
  local row = crm.aggregate("sales_order", {
    where = "customer = ? and id <> ? and " .. receivables.owed_condition,
    params = { customer.id, except.id or 0 },
    measures = { amount = "sum(outstanding)" },
  })[1]
  return row and row.amount or ZERO
end

return receivables
