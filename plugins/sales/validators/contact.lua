-- A customer has one primary contact.

return function(contact, fail)
  if not contact.primary or not contact.customer then
    return
  end
  if not contact:is_new() and not contact:changed("primary") and not contact:changed("customer") then
    return
  end
  local other = crm.find("contact", "customer = ? and primary = true and id <> ?", {
    params = { contact:id_of("customer"), contact.id or 0 },
    limit = 1,
  })[1]
  -- The very same person is told by the rule against duplicates.
  local is_same = other and contact.mobile and other.mobile == contact.mobile and other.name == contact.name
  if other and not is_same then
    -- Without two numbers that differ, one name at one customer is one person.
    local is_likely = other.name == contact.name and not (contact.mobile and other.mobile)
    fail("primary", crm.t(is_likely and "contact.same_primary" or "contact.second_primary", {
      customer = contact.customer.name,
      contact = other.name,
    }))
  end
end
