-- The completion follows from the visits planned and made.

return function(plan)
  local planned, done = plan.planned or 0, plan.done or 0
  plan.done = done
  plan.completion = planned > 0 and crm.decimal(done * 100):div(crm.decimal(planned), 2) or nil
end
