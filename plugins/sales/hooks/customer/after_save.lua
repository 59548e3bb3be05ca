-- A new customer's primary contact is made from the contact person given with the company.

return function(customer)
  if not customer:is_new() or not customer.contact_name then
    return
  end
  crm.create("contact", {
    customer = customer,
    name = customer.contact_name,
    title = customer.contact_title,
    mobile = customer.mobile,
    email = customer.email,
    primary = true,
  })
end
