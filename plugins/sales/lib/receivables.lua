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

-- What came for orders after a day: number of the order → amount.
local function came_after(day)
  local amounts = {}
  for allocation in crm.each("receipt_allocation", "receipt.received_on > ?", { params = { day } }) do
    local id = allocation:id_of("order")
    amounts[id] = (amounts[id] or ZERO) + allocation.amount
  end
  return amounts
end

-- Orders that were owed on a day by their date, and are owed still or were cancelled since.
local OWED_ON = "ordered_on <= ? and (outstanding > 0 and " .. receivables.owed_condition
  .. " or status = 'cancelled' and confirmed_on is not empty and cancelled_on > ?)"

--- What was owed at the end of a day, as a list of {order, amount}: orders count from their date until they are
--- cancelled, money from the day when it came.
function receivables.open_on(day)
  local open, later = {}, came_after(day)
  local function add(order, amount)
    if amount > ZERO then
      open[#open + 1] = { order = order, amount = amount }
    end
  end
  for order in crm.each("sales_order", OWED_ON, { params = { day, day }, sort = "code, id" }) do
    local amount = order.status == "cancelled" and order.total or order.outstanding
    add(order, amount + (later[order.id] or ZERO))
    later[order.id] = nil
  end
  -- Orders that are paid by now.
  for id, amount in pairs(later) do
    local order = crm.get("sales_order", id)
    if order.ordered_on <= day and receivables.is_owed(order.status) then
      add(order, amount)
    end
  end
  return open
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
