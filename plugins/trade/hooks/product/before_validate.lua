-- A rebate rate written as a fraction becomes a percentage, and the headings category1 to category4 a
-- category.

local categories = require "lib.categories"

local ZERO, ONE, HUNDRED = crm.decimal(0), crm.decimal(1), crm.decimal(100)

local function headings_changed(product)
  for level = 1, 4 do
    if product:changed("trade_category" .. level) then
      return true
    end
  end
  return false
end

return function(product)
  local rate = product.trade_rebate_rate
  if rate and rate > ZERO and rate < ONE then
    product.trade_rebate_rate = rate * HUNDRED
  end
  if headings_changed(product) then
    local names = categories.names(product)
    if #names > 0 then
      product.category = categories.ensure(names)
    end
  end
end
