-- Money goes to confirmed orders of the same customer, and never more than is owed or was received.

local receivables = require "lib.receivables"

local ZERO = crm.decimal("0.00")

local function is_fixed(allocation, fail)
  for _, field in ipairs({ "order", "receipt" }) do
    if not allocation:is_new() and allocation:changed(field) then
      fail(field, crm.t("allocation.fixed"))
    end
  end
end

local function fits_order(allocation, order, before, fail)
  if not receivables.takes_money(order.status) then
    fail("order", crm.t("allocation.order_not_open", { order = order.code, status = order:label("status") }))
  elseif allocation.amount and allocation.amount > order.outstanding + before then
    fail("amount", crm.t("allocation.over_order", {
      amount = allocation.amount:format(),
      order = order.code,
      open = (order.outstanding + before):format(),
    }))
  end
end

local function fits_receipt(allocation, receipt, before, fail)
  if allocation.amount and allocation.amount > receipt.unallocated + before then
    fail("amount", crm.t("allocation.over_receipt", {
      amount = allocation.amount:format(),
      receipt = receipt.code,
      left = (receipt.unallocated + before):format(),
    }))
  end
end

return function(allocation, fail)
  local order, receipt = allocation.order, allocation.receipt
  if not order or not receipt then
    return
  end
  is_fixed(allocation, fail)
  local before = not allocation:is_new() and allocation:old("amount") or ZERO
  fits_order(allocation, order, before, fail)
  fits_receipt(allocation, receipt, before, fail)
  if order:id_of("customer") ~= receipt:id_of("customer") then
    fail("order", crm.t("allocation.other_customer", {
      order = order.code,
      customer = order.customer.name,
      payer = receipt.customer.name,
    }))
  end
end
