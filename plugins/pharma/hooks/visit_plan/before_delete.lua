-- A plan that visits were made for is kept: the completion of its month would be lost.

return function(plan)
  local done = crm.count("visit_record", "plan = ?", { params = { plan.id } })
  if done > 0 then
    crm.reject(crm.t("visit_plan.delete_refused", { code = plan.code, done = done }))
  end
end
