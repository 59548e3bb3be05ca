-- Copies a proforma invoice that went out to its next revision, a draft; the old one stays as it was,
-- superseded.

local goods = require "lib.goods"
local papers = require "lib.papers"

local FIELDS = { "quotation", "owner", "deposit_rate", "order_number" }
local LINE_FIELDS = { "hs_code", table.unpack(goods.COPIED) }

local function run(args)
  local proforma = papers.find("proforma", args.proforma)
  local revised = papers.revise(proforma, FIELDS, LINE_FIELDS, args.reason)
  return crm.t("revise.done", { old = proforma.code, new = revised.code })
end

return {
  name = "revise_proforma",
  title = { ["zh-CN"] = "修订形式发票", ["zh-TW"] = "修訂形式發票", en = "Revise a proforma invoice" },
  params = {
    { name = "proforma", type = "text", required = true,
      label = { ["zh-CN"] = "形式发票号", ["zh-TW"] = "形式發票號", en = "Proforma number" } },
    { name = "reason", type = "text", default = "",
      label = { ["zh-CN"] = "修订原因", ["zh-TW"] = "修訂原因", en = "Reason" } },
  },
  run = run,
}
