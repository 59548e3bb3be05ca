-- Orders due around the ends of the buckets, one receipt of 20 November; as of 30 November 2026.

local function order(customer, on, due, price)
  local made = crm.create("sales_order", {
    customer = customer, ordered_on = on, due_on = due,
    lines = { { description = "货物", quantity = "1", unit_price = price, tax_rate = "0" } },
  })
  return crm.update(made, { status = "confirmed" })
end

local first = crm.create("customer", { name = "东湖机械厂" })
local second = crm.create("customer", { name = "西山食品厂" })
local third = crm.create("customer", { name = "南岸五金店" })
order(first, "2026-08-01", "2026-11-30", "100.00")
local paid = order(first, "2026-08-01", "2026-11-29", "200.00")
local parted = order(first, "2026-08-01", "2026-10-31", "300.00")
order(first, "2026-08-01", "2026-10-30", "400.00")
order(second, "2026-01-01", "2026-09-01", "500.00")
order(second, "2026-01-01", "2026-08-31", "600.00")
order(third, "2026-11-01", "2026-12-31", "700.00")
order(third, "2026-11-01", nil, "800.00")
crm.create("receipt", {
  customer = first, received_on = "2026-11-20", amount = "350.00",
  allocations = { { order = paid, amount = "200.00" }, { order = parted, amount = "100.00" } },
})
