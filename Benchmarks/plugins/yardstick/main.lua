-- The hook of the benchmark: it reads five fields of the record, as that of the yardstick in C does.

crm.validate("customer", function(r, fail)
  if r.name == nil or #r.name < 2 then fail("name", "name") end
  if not string.find(r.email, "@", 1, true) then fail("email", "email") end
  if r.revenue < 0 then fail("revenue", "revenue") end
  if r.status == "lost" and r.rating > 5 then fail("rating", "rating") end
end)

-- A report that takes long: turns of arithmetic, and a count over all customers with each of them when wanted.
crm.report{
  name = "long", title = "Long",
  params = {{name = "turns", type = "integer", label = "Turns", default = 100}, {name = "counts", type = "boolean", label = "Counts"}},
  run = function(params)
    local sum = 0
    for turn = 1, params.turns do
      for step = 1, 20000 do sum = sum + step % 7 end
      if params.counts then sum = sum + crm.count("customer", "rating > 3") end
    end
    return {columns = {{name = "sum", label = "Sum", type = "integer"}}, rows = {{sum = sum}}}
  end,
}
