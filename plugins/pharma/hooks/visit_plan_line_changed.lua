-- The planned visits of a plan are the sum of its lines.

return function(line)
  local plan = crm.get("visit_plan", line:id_of("plan"))
  if not plan then
    return
  end
  local sum = crm.aggregate("visit_plan_line", {
    where = "plan = ?",
    params = { plan.id },
    measures = { planned = "sum(planned)" },
  })[1]
  crm.update("visit_plan/" .. plan.id, { planned = sum and sum.planned or 0 })
end
