-- The amount of a line.

local papers = require "lib.papers"

return function(line)
  line.amount = papers.amount(line, line.proforma.currency)
end
