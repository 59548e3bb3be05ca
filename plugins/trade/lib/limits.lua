-- How large goods and amounts may be, so that no computation leaves the range of exact decimals.

local limits = {}

local MOST = 100000000000
local QUANTITY, WEIGHT, VOLUME = crm.decimal(100000000), crm.decimal(10000), crm.decimal(1000)

local function number(value)
  return value and tonumber(tostring(value)) or 0
end

local function within(value, most)
  return not value or (value <= most and value >= crm.decimal(0))
end

--- Can a quantity in cartons be measured? The fields refuse what cannot, after the hooks that measure.
function limits.measurable(quantity, carton)
  return quantity <= QUANTITY and within(carton.cbm, VOLUME) and within(carton.gross, WEIGHT)
    and within(carton.net, WEIGHT)
end

--- Refuses a quantity at a price when both together are too much.
function limits.check_amount(quantity, price, fail)
  if number(quantity) * number(price) > MOST then
    fail("quantity", crm.t("limits.amount"))
  end
end

--- Refuses freight that is too much.
function limits.check_freight(rate, units, exchange_rate, fail)
  if number(rate) * number(units) * number(exchange_rate) > MOST then
    fail("freight_rate", crm.t("limits.freight"))
  end
end

return limits
