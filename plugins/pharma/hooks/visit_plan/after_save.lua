-- A new plan takes over the visits that were made in its month before it was written.

return function(plan)
  if not plan:is_new() then
    return
  end
  local first = plan.month_on
  local condition = "rep = ? and visited_on between ? and ? and plan is empty"
  local params = { plan:id_of("rep"), first, first:add_months(1) - 1 }
  for visit in crm.each("visit_record", condition, { params = params }) do
    crm.update(visit, { plan = plan.id })
  end
end
