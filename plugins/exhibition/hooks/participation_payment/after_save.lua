-- What a participation has received is the sum of its payments.

local services = require "lib.services"

return function(payment)
  local before = payment:old("participation")
  for _, participation in ipairs({ payment:id_of("participation"), before and before.id or nil }) do
    services.refresh(participation)
  end
end
