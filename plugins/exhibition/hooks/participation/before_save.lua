-- Computes the fees from the values that passed validation, and what is still owed from the payments.

local fees = require "lib.fees"
local services = require "lib.services"

local ZERO = crm.decimal("0.00")

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
  rec.received = rec:is_new() and ZERO or services.received(rec.id)
  rec.outstanding = computed.total - rec.received
end
