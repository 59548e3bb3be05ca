-- The chain of parent companies has an end.

return function(customer, fail)
  if customer:is_new() or not customer.parent or not customer:changed("parent") then
    return
  end
  local names, seen, above = { customer.name }, {}, customer.parent
  while above and not seen[above.id] do
    names[#names + 1] = above.name
    if above.id == customer.id then
      fail("parent", crm.t("customer.parent_cycle", { chain = table.concat(names, " → ") }))
      return
    end
    seen[above.id] = true
    above = above.parent
  end
end
