-- Without an amount, an allocation takes what is open both in the order and in the receipt.

return function(allocation)
  local order, receipt = allocation.order, allocation.receipt
  if allocation.amount or not order or not receipt then
    return
  end
  local open, left = order.outstanding, receipt.unallocated
  if open and left then
    allocation.amount = open < left and open or left
  end
end
