-- Computes the fees from the values that passed validation.

local fees = require "lib.fees"

return function(rec)
  local computed = fees.compute({
    area = rec.area,
    unit_price = rec.unit_price,
    corner_rate = rec.corner_rate,
    discount_rate = rec.discount_rate,
    service_fee = rec.service_fee,
    deposit_rate = rec.show.deposit_rate,
  })
  for field, amount in pairs(computed) do
    rec[field] = amount
  end
end
