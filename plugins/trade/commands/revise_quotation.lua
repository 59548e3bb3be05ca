-- Copies a quotation that went out to its next revision, a draft; the old one stays as it was, superseded.

local goods = require "lib.goods"
local papers = require "lib.papers"

local FIELDS = { "inquiry", "owner" }

local function check_no_proforma(quotation)
  local proforma = crm.find("proforma", "quotation = ? and status not in ('cancelled', 'superseded')", {
    params = { quotation.id }, limit = 1,
  })[1]
  if proforma then
    error({
      code = "validation_failed",
      message = crm.t("revise.has_proforma", { code = quotation.code, proforma = proforma.code }),
    })
  end
end

local function run(args)
  local quotation = papers.find("export_quotation", args.quotation)
  check_no_proforma(quotation)
  local revised = papers.revise(quotation, FIELDS, goods.COPIED, args.reason)
  return crm.t("revise.done", { old = quotation.code, new = revised.code })
end

return {
  name = "revise_quotation",
  title = { ["zh-CN"] = "修订外销报价", ["zh-TW"] = "修訂外銷報價", en = "Revise a quotation" },
  params = {
    { name = "quotation", type = "text", required = true,
      label = { ["zh-CN"] = "报价单号", ["zh-TW"] = "報價單號", en = "Quotation number" } },
    { name = "reason", type = "text", default = "",
      label = { ["zh-CN"] = "修订原因", ["zh-TW"] = "修訂原因", en = "Reason" } },
  },
  run = run,
}
