-- Doctor and plan forget a visit that was deleted.

local visits = require "lib.visits"

return function(visit)
  visits.refresh_doctor(visit:id_of("doctor"))
  local plan_id = visit:id_of("plan")
  if plan_id then
    visits.refresh_plan(plan_id)
  end
end
