-- Money that pays orders is not made undone by the way: its allocations are deleted first, one by one.

local ZERO = crm.decimal("0.00")

return function(receipt)
  local codes, sum = {}, ZERO
  for allocation in crm.each("receipt_allocation", "receipt = ?", { params = { receipt.id }, sort = "id" }) do
    codes[#codes + 1] = allocation.order.code
    sum = sum + allocation.amount
  end
  if #codes > 0 then
    crm.reject(crm.t("receipt.delete_refused", {
      code = receipt.code,
      amount = sum:format(),
      orders = table.concat(codes, ", ", 1, math.min(#codes, 5)) .. (#codes > 5 and " …" or ""),
    }), "allocations")
  end
end
