-- The planned visits of a plan are the sum of its lines; without lines nothing is planned.

local visits = require "lib.visits"

return function(line)
  local plan = crm.get("visit_plan", line:id_of("plan"))
  if plan then
    crm.update(plan, { planned = visits.planned(plan.id) or 0 })
  end
end
