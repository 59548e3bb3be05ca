-- The fees of a participation, exact to the cent; every step is rounded half up to two places.

local fees = {}

local ZERO = crm.decimal("0.00")
local HUNDRED = crm.decimal(100)

local function percent_of(amount, rate)
  return (amount * rate):div(HUNDRED, 2)
end

--- Computes the fees from area, unit_price, corner_rate, discount_rate, service_fee and
--- deposit_rate (decimals; a missing one counts as 0).
function fees.compute(terms)
  local space_fee = ((terms.area or ZERO) * (terms.unit_price or ZERO)):round(2)
  local corner_fee = percent_of(space_fee, terms.corner_rate or ZERO)
  local discount = percent_of(space_fee + corner_fee, terms.discount_rate or ZERO)
  local total = space_fee + corner_fee - discount + (terms.service_fee or ZERO)
  return {
    space_fee = space_fee,
    corner_fee = corner_fee,
    discount = discount,
    total = total,
    deposit = percent_of(total, terms.deposit_rate or ZERO),
  }
end

--- The price of a square metre of a booth: its own, else the show's for its type.
function fees.unit_price(booth)
  if booth.unit_price then
    return booth.unit_price
  end
  if booth.booth_type == "raw_space" then
    return booth.show.raw_price
  end
  return booth.show.standard_price
end

--- The corner surcharge of a booth in percent: only standard booths with two or more open sides pay it.
function fees.corner_rate(booth)
  if booth.booth_type == "standard" and booth.open_sides >= 2 then
    return booth.show.corner_rate or ZERO
  end
  return ZERO
end

return fees
