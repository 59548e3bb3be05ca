-- Makes the proforma invoice (形式发票) of an accepted quotation.

local goods = require "lib.goods"
local labels = require "lib.labels"
local papers = require "lib.papers"

local function run(args)
  local quotation = papers.find("export_quotation", args.quotation)
  local values = { quotation = quotation, order_number = args.order_number, lines = {} }
  for index, line in ipairs(quotation.lines) do
    values.lines[index] = goods.copy(line, goods.COPIED)
  end
  local proforma = crm.create("proforma", values)
  proforma = crm.get("proforma", proforma.id)
  return crm.t("quotation_to_proforma.done", {
    quotation = quotation.code,
    proforma = proforma.code,
    total = labels.amount(proforma.currency, proforma.total),
    deposit = labels.amount(proforma.currency, proforma.deposit),
  })
end

return {
  name = "quotation_to_proforma",
  title = {
    ["zh-CN"] = "由报价制作形式发票",
    ["zh-TW"] = "由報價製作形式發票",
    en = "Make the proforma invoice of a quotation",
  },
  params = {
    { name = "quotation", type = "text", required = true,
      label = { ["zh-CN"] = "报价单号", ["zh-TW"] = "報價單號", en = "Quotation number" } },
    { name = "order_number", type = "text", default = "",
      label = { ["zh-CN"] = "买家订单号", ["zh-TW"] = "買家訂單號", en = "Order number of the buyer" } },
  },
  run = run,
}
