-- The quote on paper (报价单).

local paper = require "lib.paper"

return {
  name = "quote",
  object = "quote",
  title = { ["zh-CN"] = "报价单", ["zh-TW"] = "報價單", en = "Quotation" },
  data = paper.data,
}
