-- What was owed to us at the end of a day, by how long it was past due then (应收账龄).

local columns = require "lib.columns"
local receivables = require "lib.receivables"

local ZERO = crm.decimal("0.00")
local CHOICES = {
  { "customer", "客户", "客戶", "Customer" },
  { "owner", "业务员", "業務員", "Salesperson" },
}
local BUCKETS = { "not_due", "days_30", "days_60", "days_90", "older" }

local function bucket(order, day)
  local late = order.due_on and day - order.due_on or 0
  if late <= 0 then
    return "not_due"
  elseif late <= 30 then
    return "days_30"
  elseif late <= 60 then
    return "days_60"
  elseif late <= 90 then
    return "days_90"
  end
  return "older"
end

local function run(params)
  local by = columns.one_of("by", params.by, CHOICES)
  local day = params.on or crm.date.today()
  local rows, by_key = {}, {}
  for _, open in ipairs(receivables.open_on(day)) do
    local order = open.order
    local key = order:id_of(by) or 0
    local row = by_key[key]
    if not row then
      local owing = order[by]
      row = { name = owing and owing.name or crm.t("report.none"), orders = 0, total = ZERO }
      for _, name in ipairs(BUCKETS) do
        row[name] = ZERO
      end
      by_key[key] = row
      rows[#rows + 1] = row
    end
    local name = bucket(order, day)
    row[name] = row[name] + open.amount
    row.total = row.total + open.amount
    row.orders = row.orders + 1
  end
  table.sort(rows, function(left, right)
    if left.total ~= right.total then
      return left.total > right.total
    end
    return left.name < right.name
  end)
  return {
    columns = {
      columns.column("name", "text", { "名称", "名稱", "Name" }),
      columns.column("orders", "integer", { "订单数", "訂單數", "Orders" }, true),
      columns.column("not_due", "currency", { "未到期", "未到期", "Not due" }, true),
      columns.column("days_30", "currency", { "逾期 1–30 天", "逾期 1–30 天", "1–30 days late" }, true),
      columns.column("days_60", "currency", { "31–60 天", "31–60 天", "31–60 days" }, true),
      columns.column("days_90", "currency", { "61–90 天", "61–90 天", "61–90 days" }, true),
      columns.column("older", "currency", { "90 天以上", "90 天以上", "Over 90 days" }, true),
      columns.column("total", "currency", { "未收合计", "未收合計", "Outstanding" }, true),
    },
    rows = rows,
    chart = { kind = "bar", label = "name", value = "total" },
    notes = crm.t("report.ageing_note", { day = tostring(day) }),
  }
end

return {
  name = "receivables_ageing",
  title = { ["zh-CN"] = "应收账龄分析", ["zh-TW"] = "應收帳款帳齡分析", en = "Receivables ageing" },
  params = {
    { name = "by", type = "text", default = "customer",
      label = {
        ["zh-CN"] = "按（customer/owner）",
        ["zh-TW"] = "依（customer/owner）",
        en = "By (customer/owner)",
      } },
    { name = "on", type = "date",
      label = { ["zh-CN"] = "截至（默认今天）", ["zh-TW"] = "截至（預設今天）", en = "As of (today)" } },
  },
  run = run,
}
