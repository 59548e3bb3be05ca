-- The day of a first visit is the day on which its outcome is written down, unless somebody says otherwise.

return function(customer)
  local outcome = customer.exhibition_first_visit
  if customer:is_new() or not customer:changed("exhibition_first_visit") then
    return
  end
  if outcome and outcome ~= "not_contacted" and not customer:changed("exhibition_first_visit_on") then
    customer.exhibition_first_visit_on = crm.date.today()
  end
end
