-- The hook of the benchmark: it reads five fields of the record, as that of the yardstick in C does.

crm.validate("customer", function(r, fail)
  if r.name == nil or #r.name < 2 then fail("name", "name") end
  if not string.find(r.email, "@", 1, true) then fail("email", "email") end
  if r.revenue < 0 then fail("revenue", "revenue") end
  if r.status == "lost" and r.rating > 5 then fail("rating", "rating") end
end)
