-- The amount, and what the goods of the line cost by their budget.

local papers = require "lib.papers"
local quotations = require "lib.quotations"

return function(line)
  line.amount = papers.amount(line, line.quotation.currency)
  line.cost_cny = line.budget and quotations.cost(line, line.budget, line.quotation) or nil
end
