-- Money beyond the budget is explained, and an event is held before it is said to be.

return function(event, fail)
  local cost, budget = event.cost, event.budget
  if cost and budget and cost > budget and not event.overrun_reason then
    fail("overrun_reason", crm.t("academic_event.overrun", {
      cost = cost:format(),
      budget = budget:format(),
      over = (cost - budget):format(),
    }))
  end
  local held = event.status == "held" or event.status == "evaluated"
  if held and event.held_on and event.held_on > crm.date.today() then
    fail("held_on", crm.t("academic_event.not_held_yet", { day = tostring(event.held_on) }))
  end
end
