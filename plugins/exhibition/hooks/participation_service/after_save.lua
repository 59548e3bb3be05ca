-- The service fee of a participation is the sum of the services it has ordered.

local services = require "lib.services"

return function(service)
  local before = service:old("participation")
  for _, participation in ipairs({ service:id_of("participation"), before and before.id or nil }) do
    services.refresh(participation, { service_fee = services.total(participation) })
  end
end
