-- The plan of an approved budget stays as it was approved.

return function(line)
  local budget = line.budget
  if budget and budget.status ~= "draft" then
    crm.reject(crm.t("budget_line.plan_closed", { budget = budget.name, status = budget:label("status") }), "budget")
  end
end
