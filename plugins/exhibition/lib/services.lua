-- What a participation has ordered and paid.

local services = {}

local ZERO = crm.decimal("0.00")

--- The sum of the ordered services of a participation, and how many there are.
function services.total(participation_id)
  local sum, count = ZERO, 0
  local options = { params = { participation_id } }
  for service in crm.each("participation_service", "participation = ?", options) do
    sum, count = sum + (service.amount or ZERO), count + 1
  end
  return sum, count
end

--- What a participation has paid: payments less refunds; `except` leaves out a payment.
function services.received(participation_id, except)
  local sum = ZERO
  local options = { params = { participation_id, except or 0 } }
  for payment in crm.each("participation_payment", "participation = ? and id <> ?", options) do
    if payment.kind == "refund" then
      sum = sum - payment.amount
    else
      sum = sum + payment.amount
    end
  end
  return sum
end

--- Saves a participation again, so that its sums follow; one that is gone is left alone.
function services.refresh(participation_id, values)
  if participation_id and crm.get("participation", participation_id) then
    crm.update("participation/" .. participation_id, values or {})
  end
end

return services
