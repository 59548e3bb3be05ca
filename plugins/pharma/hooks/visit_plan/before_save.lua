-- The visits planned are those of the lines, when there are any; the completion follows from the visits made.

local visits = require "lib.visits"

return function(plan)
  if not plan:is_new() then
    plan.planned = visits.planned(plan.id) or plan.planned
  end
  local planned, done = plan.planned or 0, plan.done or 0
  plan.done = done
  plan.completion = planned > 0 and crm.decimal(done * 100):div(crm.decimal(planned), 2) or nil
end
