-- What the follow-ups of a customer say about the customer.

local contact_log = {}

local function latest(customer_id)
  return crm.find("follow_up", "customer = ?", {
    params = { customer_id },
    sort = "contacted_on desc, id desc",
    limit = 1,
  })[1]
end

--- After a follow-up was saved: the latest one gives the customer its grade and days; an earlier one that
--- is entered later changes nothing.
function contact_log.saved(follow_up)
  local customer = follow_up.customer
  local last = latest(customer.id)
  if not last or last.id ~= follow_up.id then
    return
  end
  local values = {}
  if follow_up.grade then
    values.grade = follow_up.grade
  end
  local day = customer.last_contact_on
  if not day or follow_up.contacted_on > day or not follow_up:is_new() then
    values.last_contact_on = follow_up.contacted_on
  end
  if follow_up.next_contact_on then
    values.next_contact_on = follow_up.next_contact_on
  end
  crm.update(customer, values)
end

--- After a follow-up was deleted: the days that came from it are those of the one before; "" empties them.
function contact_log.deleted(follow_up)
  local customer = crm.get("customer", follow_up:id_of("customer"))
  if not customer or customer.last_contact_on ~= follow_up.contacted_on then
    return
  end
  local last = latest(customer.id)
  crm.update(customer, {
    last_contact_on = last and last.contacted_on or "",
    next_contact_on = last and last.next_contact_on or "",
  })
end

return contact_log
