-- What of the receipt is allocated to orders, and what is not yet.

local receivables = require "lib.receivables"

return function(receipt)
  receipt.allocated = receivables.allocated(receipt)
  receipt.unallocated = receipt.amount and receipt.amount - receipt.allocated or nil
end
