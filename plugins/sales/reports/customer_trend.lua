-- New customers month by month, and how many there are in all (客户发展趋势).

local columns = require "lib.columns"

local function by_month()
  local months = {}
  for _, row in ipairs(crm.aggregate("customer", {
    where = "established_on is not empty",
    group = { "year(established_on)", "month(established_on)" },
    measures = { n = "count()" },
  })) do
    months[row["year(established_on)"] * 12 + row["month(established_on)"] - 1] = row.n
  end
  return months
end

local function run(params)
  local count = params.months
  if count < 1 or count > 120 then
    error({ code = "invalid_input", message = crm.t("report.wrong_months", { value = tostring(count) }) })
  end
  local today = crm.date.today()
  local last = today.year * 12 + today.month - 1
  local months, rows, total = by_month(), {}, 0
  for month, new in pairs(months) do
    if month <= last - count then
      total = total + new
    end
  end
  for month = last - count + 1, last do
    local new = months[month] or 0
    total = total + new
    rows[#rows + 1] = {
      month = string.format("%04d-%02d", month // 12, month % 12 + 1),
      new = new,
      customers = total,
    }
  end
  return {
    columns = {
      columns.column("month", "text", { "月份", "月份", "Month" }),
      columns.column("new", "integer", { "新增客户", "新增客戶", "New customers" }, true),
      columns.column("customers", "integer", { "累计客户", "累計客戶", "Customers in all" }),
    },
    rows = rows,
    chart = { kind = "line", label = "month", value = "new" },
  }
end

return {
  name = "customer_trend",
  title = { ["zh-CN"] = "客户发展趋势", ["zh-TW"] = "客戶發展趨勢", en = "Customer trend" },
  params = {
    { name = "months", type = "integer", default = 12,
      label = { ["zh-CN"] = "月数（到本月）", ["zh-TW"] = "月數（到本月）", en = "Months up to this one" } },
  },
  run = run,
}
