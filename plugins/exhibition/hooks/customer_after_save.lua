-- A new customer's main contact is made from the contact person given with the company.

return function(customer)
  if not customer:is_new() or not customer.contact_name then
    return
  end
  crm.create("contact", {
    customer = customer,
    name = customer.contact_name,
    job_title = customer.contact_title,
    mobile = customer.mobile,
    email = customer.email,
    is_main = true,
  })
end
