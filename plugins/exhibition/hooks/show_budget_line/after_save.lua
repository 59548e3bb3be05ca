-- The budget's totals follow from its lines; so do those of the budget which a line has left.

return function(line)
  crm.settle("show_budget", line:id_of("budget"))
  local before = line:old("budget")
  if before and before.id ~= line:id_of("budget") then
    crm.settle("show_budget", before.id)
  end
end
