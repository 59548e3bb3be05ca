-- What reached hospitals and what moved between distributors, by month and drug.

local columns = require "lib.columns"
local lookup = require "lib.lookup"
local sums = require "lib.sums"

local column = columns.column

local function conditions(params)
  local where, values = { "flow_on is not empty" }, {}
  local function add(condition, value)
    where[#where + 1], values[#values + 1] = condition, value
  end
  if params.from then
    add("flow_on >= ?", (lookup.month(params.from)))
  end
  if params.to then
    local _, last = lookup.month(params.to)
    add("flow_on <= ?", last)
  end
  if params.from and params.to and lookup.month(params.from) > lookup.month(params.to) then
    error({ code = "invalid_input", message = crm.t("lookup.months_reversed", params) })
  end
  if params.drug then
    lookup.check_drug(params.drug)
    add("batch.drug.name contains ?", params.drug)
  end
  return table.concat(where, " and "), values
end

local function run(params)
  local where, values = conditions(params)
  local groups = sums.all("flow", {
    where = where,
    params = values,
    group = { month = "year_month(flow_on)", drug = "batch.drug", kind = "kind" },
    measures = { quantity = "sum(quantity)", flows = "count()" },
  })
  local rows, by_key = {}, {}
  for _, sum in ipairs(groups) do
    local name = sum.drug.name
    local key = sum.month .. name
    local row = by_key[key]
    if not row then
      row = { month = sum.month, drug = name, factory = 0, transfer = 0, sale = 0, flows = 0 }
      by_key[key] = row
      rows[#rows + 1] = row
    end
    row[sum.kind] = row[sum.kind] + sum.quantity
    row.flows = row.flows + sum.flows
  end
  table.sort(rows, function(left, right)
    if left.month ~= right.month then
      return left.month < right.month
    end
    return left.drug < right.drug
  end)
  return {
    columns = {
      column("month", "text", "月份", "月份", "Month"),
      column("drug", "text", "药品", "藥品", "Drug"),
      column("factory", "integer", "厂家发货", "廠家出貨", "From the manufacturer", true),
      column("transfer", "integer", "商业调拨", "商業調撥", "Between distributors", true),
      column("sale", "integer", "医院销售", "醫院銷售", "To hospitals", true),
      column("flows", "integer", "单数", "單數", "Documents", true),
    },
    rows = rows,
    chart = { kind = "line", label = "month", values = { "sale", "transfer" } },
  }
end

return {
  name = "flow_by_month",
  title = { ["zh-CN"] = "流向月报", ["zh-TW"] = "流向月報", en = "Flows by month and drug" },
  params = {
    columns.parameter("from", "起始月份", "起始月份", "From month"),
    columns.parameter("to", "截止月份", "截止月份", "To month"),
    columns.parameter("drug", "药品名称", "藥品名稱", "Name of the drug"),
  },
  run = run,
}
