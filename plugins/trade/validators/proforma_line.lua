-- Lines of a proforma invoice that is out stay; prices have the places of the currency.

local limits = require "lib.limits"
local papers = require "lib.papers"

return function(line, fail)
  papers.check_line(line.proforma, fail)
  papers.check_places(line, line.proforma and line.proforma.currency, fail)
  limits.check_amount(line.quantity, line.unit_price, fail)
end
