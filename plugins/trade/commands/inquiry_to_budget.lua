-- Qualifies an inquiry: makes its buyer, when there is none, and the export budget of its goods.

local inquiries = require "lib.inquiries"
local labels = require "lib.labels"
local papers = require "lib.papers"

local function run(args)
  local inquiry = papers.find("inquiry", args.inquiry)
  if inquiry.status == "ignored" then
    crm.reject(crm.t("inquiry_to_budget.ignored", {
      inquiry = inquiry.code,
      kind = inquiry:label("kind"),
      status = inquiry:label("status"),
    }), "status")
  end
  local buyer = inquiries.buyer(inquiry)
  local changes = { buyer = buyer }
  if inquiry.status == "new" then
    changes.status = "qualified"
  end
  inquiry = crm.update(inquiry, changes)
  inquiries.qualify_lead(inquiry.lead, buyer)
  local budget = crm.create("export_budget", { inquiry = inquiry, currency = buyer.currency })
  return crm.t("inquiry_to_budget.done", {
    inquiry = inquiry.code,
    buyer = buyer.name,
    budget = budget.code,
    prices = labels.prices(budget),
  })
end

return {
  name = "inquiry_to_budget",
  title = { ["zh-CN"] = "由询盘制作预算单", ["zh-TW"] = "由詢盤製作預算單", en = "Make the budget of an inquiry" },
  params = {
    { name = "inquiry", type = "text", required = true,
      label = { ["zh-CN"] = "询盘编号", ["zh-TW"] = "詢盤編號", en = "Inquiry code" } },
  },
  run = run,
}
