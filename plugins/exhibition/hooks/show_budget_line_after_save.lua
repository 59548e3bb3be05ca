-- The budget's totals follow from its lines; so does that of the budget which a line has left.

local function refresh(budget_id)
  if budget_id and crm.get("show_budget", budget_id) then
    crm.update("show_budget/" .. budget_id, {})
  end
end

return function(line)
  refresh(line:id_of("budget"))
  local before = line:old("budget")
  if before and before.id ~= line:id_of("budget") then
    refresh(before.id)
  end
end
