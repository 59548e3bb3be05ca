-- A new customer with a grade is due for its first contact after the grade's reminder days.

return function(customer)
  if customer:is_new() and customer.grade and not customer.next_contact_on then
    customer.next_contact_on = crm.date.today() + customer.grade.reminder_days
  end
end
