-- The outcome of a first visit that a follow-up tells becomes the customer's, unless a later one is known.

local FIELDS = { "exhibition_first_visit", "exhibition_objection", "exhibition_refusal_reason" }

local function tells_something_new(follow_up)
  for _, field in ipairs(FIELDS) do
    if follow_up:changed(field) then
      return true
    end
  end
  return false
end

return function(follow_up)
  local outcome, customer = follow_up.exhibition_first_visit, follow_up.customer
  if not outcome or outcome == "not_contacted" or not tells_something_new(follow_up) then
    return
  end
  local known_on = customer.exhibition_first_visit_on
  if known_on and follow_up.contacted_on < known_on then
    return
  end
  crm.update(customer, {
    exhibition_first_visit = outcome,
    exhibition_first_visit_on = follow_up.contacted_on,
    exhibition_objection = follow_up.exhibition_objection,
    exhibition_refusal_reason = follow_up.exhibition_refusal_reason,
    next_contact_on = customer.next_contact_on or follow_up.next_contact_on,
  })
end
