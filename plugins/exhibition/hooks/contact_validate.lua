-- A customer has one main contact.

return function(contact, fail)
  if not contact.is_main or not contact.customer then
    return
  end
  if not contact:is_new() and not contact:changed("is_main") and not contact:changed("customer") then
    return
  end
  local other = crm.find("contact", "customer = ? and is_main = true and id <> ?", {
    params = { contact:id_of("customer"), contact.id or 0 },
    limit = 1,
  })[1]
  if other then
    fail("is_main", crm.t("contact.second_main", {
      customer = contact.customer.name,
      contact = other.name,
    }))
  end
end
