-- An order with notes and a description of several lines.

local customer = crm.create("customer", { name = "东湖机械厂" })
crm.create("sales_order", {
  customer = customer,
  notes = "送到二号门\n先打电话\n\n周末不收货",
  lines = { { description = "钢管\n6 米", quantity = "1", unit_price = "1.00", tax_rate = "13" } },
})
