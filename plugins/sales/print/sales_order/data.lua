-- The sales order on paper (销售订单).

local paper = require "lib.paper"

return {
  name = "sales_order",
  object = "sales_order",
  title = { ["zh-CN"] = "销售订单", ["zh-TW"] = "銷售訂單", en = "Sales order" },
  data = paper.data,
}
