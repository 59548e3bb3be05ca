-- How many cartons a quantity fills, and what they measure and weigh.
--
-- Cartons are whole: the last one may be filled in part. It takes the room of a full one; its goods weigh in
-- proportion, its packing (gross less net) weighs the same.

local limits = require "lib.limits"

local packing = {}

local HUNDRED = crm.decimal(100)

--- The least integer that is not below amount / size; both are decimals or integers, size greater than zero.
function packing.ceiling(amount, size)
  amount, size = crm.decimal(amount), crm.decimal(size)
  local count = amount:div(size, 0)
  if count * size < amount then
    count = count + 1
  end
  return math.tointeger(tonumber(tostring(count)))
end

--- The net weight of a full carton: its own, or else the gross weight less tare_rate percent for packing.
function packing.net_weight(gross, net, tare_rate)
  if net or not gross then
    return net
  end
  return (gross * (HUNDRED - tare_rate)):div(HUNDRED, 3)
end

--- Cartons, volume and weights of a quantity. carton: per_carton (integer), cbm, gross, net (decimals for one
--- full carton); what is missing there is missing in the result, and all when something is
--- negative or beyond the limits. Volume has four places, weights three,
--- rounded half up.
function packing.measure(quantity, carton)
  if not quantity or not carton.per_carton or carton.per_carton <= 0
    or not limits.measurable(quantity, carton) then
    return {}
  end
  local per_carton = crm.decimal(carton.per_carton)
  local cartons = packing.ceiling(quantity, per_carton)
  local result = { cartons = cartons }
  if carton.cbm then
    result.cbm = (carton.cbm * cartons):round(4)
  end
  if carton.net then
    result.net = (carton.net * quantity):div(per_carton, 3)
  end
  if carton.net and carton.gross then
    result.gross = result.net + ((carton.gross - carton.net) * cartons):round(3)
  elseif carton.gross then
    result.gross = (carton.gross * cartons):round(3)
  end
  return result
end

return packing
