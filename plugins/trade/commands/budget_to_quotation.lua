-- Makes a quotation of a budget, or adds the budget to a quotation that is still a draft.

local labels = require "lib.labels"
local papers = require "lib.papers"

local function new_quotation(budget)
  if not budget.buyer then
    error({
      code = "invalid_input",
      message = crm.t("budget_to_quotation.no_buyer", { budget = budget.code }),
    })
  end
  return crm.create("export_quotation", {
    buyer = budget.buyer,
    inquiry = budget.inquiry,
    currency = budget.currency,
    exchange_rate = budget.exchange_rate,
    incoterm = budget.incoterm,
    lines = { { budget = budget } },
  })
end

local function run(args)
  local budget = papers.find("export_budget", args.budget)
  local quotation
  if args.quotation and args.quotation ~= "" then
    quotation = papers.find("export_quotation", args.quotation)
    crm.create("export_quotation_line", { quotation = quotation, budget = budget })
  else
    quotation = new_quotation(budget)
  end
  quotation = crm.get("export_quotation", quotation.id)
  return crm.t("budget_to_quotation.done", {
    budget = budget.code,
    quotation = quotation.code,
    term = quotation.incoterm,
    total = labels.amount(quotation.currency, quotation.total),
  })
end

return {
  name = "budget_to_quotation",
  title = { ["zh-CN"] = "由预算单制作外销报价", ["zh-TW"] = "由預算單製作外銷報價", en = "Quote a budget" },
  params = {
    { name = "budget", type = "text", required = true,
      label = { ["zh-CN"] = "预算单号", ["zh-TW"] = "預算單號", en = "Budget code" } },
    { name = "quotation", type = "text", default = "",
      label = { ["zh-CN"] = "加入的草稿报价单号", ["zh-TW"] = "加入的草稿報價單號", en = "Draft quotation to add to" } },
  },
  run = run,
}
