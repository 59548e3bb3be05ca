-- A receipt covers what was allocated from it, and stays with its customer while something is.

return function(receipt, fail)
  if receipt.allocated:is_zero() then
    return
  end
  if receipt.amount and receipt.amount < receipt.allocated then
    fail("amount", crm.t("receipt.below_allocated", {
      amount = receipt.amount:format(),
      allocated = receipt.allocated:format(),
    }))
  end
  if receipt:changed("customer") then
    fail("customer", crm.t("receipt.customer_fixed", { code = receipt.code }))
  end
end
