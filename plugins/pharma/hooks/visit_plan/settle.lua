-- The planned visits of a plan are the sum of its lines; without lines nothing is planned.

local visits = require "lib.visits"

return function(plan)
  crm.update(plan, { planned = visits.planned(plan.id) or 0 })
end
