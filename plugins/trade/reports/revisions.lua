-- The revisions of a quotation beside each other: total, what changed, and the profit expected.

local papers = require "lib.papers"

local function revisions(quotation)
  local original = quotation.original or quotation
  return crm.find("export_quotation", "original = ? or id = ?", {
    params = { original.id, original.id }, sort = "revision, id", limit = 1000,
  })
end

local function run(params)
  local rows, before = {}, nil
  for _, quotation in ipairs(revisions(papers.find("export_quotation", params.quotation))) do
    local change = before and before.currency == quotation.currency and quotation.total - before.total or nil
    rows[#rows + 1] = {
      code = quotation.code,
      quoted_on = quotation.quoted_on,
      status = quotation:label("status"),
      term = quotation.currency .. " " .. quotation.incoterm,
      total = quotation.total,
      change = change,
      total_cny = quotation.total_cny,
      cost_cny = quotation.cost_cny,
      profit_cny = quotation.profit_cny,
      profit_rate = quotation.profit_rate,
      reason = quotation.revision_reason or "",
    }
    before = quotation
  end
  return {
    columns = {
      { name = "code", type = "text", label = { ["zh-CN"] = "报价单号", ["zh-TW"] = "報價單號", en = "Quotation" } },
      { name = "quoted_on", type = "date", label = { ["zh-CN"] = "日期", ["zh-TW"] = "日期", en = "Date" } },
      { name = "status", type = "text", label = { ["zh-CN"] = "状态", ["zh-TW"] = "狀態", en = "Status" } },
      { name = "term", type = "text", label = { ["zh-CN"] = "价格条件", ["zh-TW"] = "價格條件", en = "Term" } },
      { name = "total", type = "decimal", label = { ["zh-CN"] = "总额", ["zh-TW"] = "總額", en = "Total" } },
      { name = "change", type = "decimal", label = { ["zh-CN"] = "较上版", ["zh-TW"] = "較上版", en = "Change" } },
      { name = "total_cny", type = "currency",
        label = { ["zh-CN"] = "折合人民币", ["zh-TW"] = "折合人民幣", en = "In CNY" } },
      { name = "cost_cny", type = "currency", label = { ["zh-CN"] = "成本", ["zh-TW"] = "成本", en = "Cost" } },
      { name = "profit_cny", type = "currency",
        label = { ["zh-CN"] = "利润", ["zh-TW"] = "利潤", en = "Profit" } },
      { name = "profit_rate", type = "percent",
        label = { ["zh-CN"] = "利润率", ["zh-TW"] = "利潤率", en = "Margin" } },
      { name = "reason", type = "text", label = { ["zh-CN"] = "修订原因", ["zh-TW"] = "修訂原因", en = "Reason" } },
    },
    rows = rows,
    chart = { kind = "bar", label = "code", value = "total" },
  }
end

return {
  name = "revisions",
  title = { ["zh-CN"] = "报价各版对比", ["zh-TW"] = "報價各版對比", en = "Revisions of a quotation" },
  params = {
    { name = "quotation", type = "text", required = true,
      label = { ["zh-CN"] = "任一版报价单号", ["zh-TW"] = "任一版報價單號", en = "Number of any revision" } },
  },
  run = run,
}
