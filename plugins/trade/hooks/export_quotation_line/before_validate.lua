-- A line takes goods and price from its budget, cartons from its product.

local budgets = require "lib.budgets"
local filling = require "lib.filling"
local goods = require "lib.goods"

local function fill_from_budget(line, budget)
  local fill = filling.of(line, "budget")
  fill("product", budget.product)
  fill("quantity", budget.quantity)
  fill("unit", budget.unit)
  fill("qty_per_carton", budget.qty_per_carton)
  fill("cbm", budget.cbm)
  fill("gross_kg", budget.gross_kg)
  if line.quotation then
    fill("unit_price", budgets.price(budget, line.quotation.incoterm))
  end
end

return function(line)
  if line.budget then
    fill_from_budget(line, line.budget)
  end
  goods.fill(line)
end
