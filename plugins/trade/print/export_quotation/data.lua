-- The commercial quotation for a buyer.

local print_data = require "lib.print_data"

return {
  name = "export_quotation",
  object = "export_quotation",
  title = { ["zh-CN"] = "外销报价单", ["zh-TW"] = "外銷報價單", en = "Quotation" },
  data = function(quotation)
    return print_data.offer(quotation)
  end,
}
