-- An outcome that is written down for a known customer comes with its reason. Lists from elsewhere, which make new
-- customers, are taken as they are.

local first_visits = require "lib.first_visits"

return function(customer, fail)
  if not customer:is_new() and customer:changed("exhibition_first_visit") then
    first_visits.check(customer, fail)
  end
end
