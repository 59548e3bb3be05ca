-- Fills in who follows up and when to contact the customer again: the reminder days of the grade decide,
-- unless somebody said a day.

local function moved(follow_up)
  return follow_up:changed("contacted_on") or follow_up:changed("grade")
end

return function(follow_up)
  local customer = follow_up.customer
  if not customer then
    return
  end
  if not follow_up.owner then
    follow_up.owner = customer.owner
  end
  local grade = follow_up.grade or customer.grade
  if not grade or not follow_up.contacted_on then
    return
  end
  local follows = not follow_up:is_new() and moved(follow_up) and not follow_up:changed("next_contact_on")
  if not follow_up.next_contact_on or follows then
    follow_up.next_contact_on = follow_up.contacted_on + grade.reminder_days
  end
end
