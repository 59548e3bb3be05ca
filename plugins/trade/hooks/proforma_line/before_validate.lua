-- A line takes description, customs code and cartons from its product.

local filling = require "lib.filling"
local goods = require "lib.goods"

return function(line)
  goods.fill(line)
  if line.product then
    filling.of(line, "product")("hs_code", line.product.trade_hs_code)
  end
end
