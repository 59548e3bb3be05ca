-- The money of a line: its amount, and tax and total with the share of the whole discount it has so far.

local lines = require "lib.lines"

return function(line)
  local amount = lines.amount(line)
  local computed = lines.taxed(amount, line.discount_share, line.tax_rate)
  line.amount = computed.amount
  line.discount_share = computed.discount_share
  line.tax = computed.tax
  line.total = computed.total
end
