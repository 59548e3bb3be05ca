-- A plan is for a whole month: its day becomes the first.

return function(plan)
  local day = plan.month_on
  if day and day.day ~= 1 then
    plan.month_on = crm.date.date(day.year, day.month, 1)
  end
end
