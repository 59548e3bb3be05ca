-- A new outcome of the first visit has its consequences.

local first_visits = require "lib.first_visits"

return function(customer)
  if customer:changed("exhibition_first_visit") then
    first_visits.apply(customer)
  end
end
