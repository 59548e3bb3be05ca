-- The VAT rebates (退税) to be expected from proforma invoices, by month.

local fraction = require "lib.fraction"

local ZERO = crm.decimal("0.00")

local CONDITION = "proforma.status in ('confirmed', 'shipped', 'closed') and budget is not empty"

-- What part of a budget's amount belongs to the quantity of a line.
local function part(amount, line)
  return fraction.round(fraction.of(amount) * line.quantity / line.budget.quantity, 2)
end

local function run(params)
  local rows, by_month = {}, {}
  for line in crm.each("proforma_line", CONDITION) do
    local day = line.proforma.issued_on
    if not (params.from and day < params.from) and not (params.to and day > params.to) then
      local month = tostring(day):sub(1, 7)
      local row = by_month[month]
      if not row then
        row = { month = month, lines = 0, purchase = ZERO, rebate = ZERO, amount = ZERO }
        by_month[month] = row
        rows[#rows + 1] = row
      end
      row.lines = row.lines + 1
      row.purchase = row.purchase + part(line.budget.purchase_total, line)
      row.rebate = row.rebate + part(line.budget.rebate, line)
      row.amount = row.amount + fraction.round(fraction.of(line.amount) * line.proforma.exchange_rate, 2)
    end
  end
  table.sort(rows, function(left, right)
    return left.month < right.month
  end)
  return {
    columns = {
      { name = "month", type = "text", label = { ["zh-CN"] = "月份", ["zh-TW"] = "月份", en = "Month" } },
      { name = "lines", type = "integer", total = true,
        label = { ["zh-CN"] = "明细数", ["zh-TW"] = "明細數", en = "Lines" } },
      { name = "amount", type = "currency", total = true,
        label = { ["zh-CN"] = "出口额折人民币", ["zh-TW"] = "出口額折人民幣", en = "Exports in CNY" } },
      { name = "purchase", type = "currency", total = true,
        label = { ["zh-CN"] = "采购额(含税)", ["zh-TW"] = "採購額(含稅)", en = "Purchases with VAT" } },
      { name = "rebate", type = "currency", total = true,
        label = { ["zh-CN"] = "预计退税", ["zh-TW"] = "預計退稅", en = "Rebate expected" } },
    },
    rows = rows,
    chart = { kind = "bar", label = "month", value = "rebate" },
    notes = crm.t("report.rebates_note"),
  }
end

return {
  name = "rebates",
  title = { ["zh-CN"] = "退税预估", ["zh-TW"] = "退稅預估", en = "Rebates expected" },
  params = {
    { name = "from", type = "date", label = { ["zh-CN"] = "从", ["zh-TW"] = "從", en = "From" } },
    { name = "to", type = "date", label = { ["zh-CN"] = "到", ["zh-TW"] = "到", en = "To" } },
  },
  run = run,
}
