-- Opportunities by stage (销售漏斗): how many are there, what they are worth, and how many came at least so far.

local columns = require "lib.columns"
local records = require "lib.records"
local stages = require "lib.stages"

local ORDER = { "qualify", "need", "proposal", "negotiation", "won", "lost" }

local function read(owner)
  local query = {
    group = { "stage" },
    measures = { n = "count()", expected = "sum(expected_amount)", weighted = "sum(weighted_amount)" },
  }
  if owner then
    query.where, query.params = "owner = ?", { owner.id }
  end
  local found = {}
  for _, row in ipairs(crm.aggregate("opportunity", query)) do
    found[row.stage] = row
  end
  return found
end

-- How many opportunities are at a stage or beyond it; the lost ones are nowhere.
local function reached(found, stage)
  local count = 0
  for name, row in pairs(found) do
    local position = stages.position(name)
    if position and position >= stages.position(stage) then
      count = count + row.n
    end
  end
  return count
end

local function run(params)
  local found = read(records.salesperson(params.owner))
  local all, rows = reached(found, "qualify"), {}
  for _, stage in ipairs(ORDER) do
    local row = found[stage]
    if row then
      local so_far = stage ~= "lost" and reached(found, stage) or 0
      rows[#rows + 1] = {
        stage = columns.group_label("opportunity", "stage", stage),
        opportunities = row.n,
        expected = row.expected or crm.decimal("0.00"),
        weighted = row.weighted or crm.decimal("0.00"),
        reached = so_far,
        rate = columns.share(so_far, all),
      }
    end
  end
  return {
    columns = {
      columns.column("stage", "text", { "阶段", "階段", "Stage" }),
      columns.column("opportunities", "integer", { "商机数", "商機數", "Opportunities" }, true),
      columns.column("expected", "currency", { "预计金额", "預計金額", "Expected amount" }, true),
      columns.column("weighted", "currency", { "加权金额", "加權金額", "Weighted amount" }, true),
      columns.column("reached", "integer", { "到达此阶段", "到達此階段", "Reached" }),
      columns.column("rate", "percent", { "到达率", "到達率", "Reached share" }),
    },
    rows = rows,
    chart = { kind = "funnel", label = "stage", value = "reached" },
  }
end

return {
  name = "sales_funnel",
  title = { ["zh-CN"] = "销售漏斗", ["zh-TW"] = "銷售漏斗", en = "Sales funnel" },
  params = {
    { name = "owner", type = "text", default = "",
      label = { ["zh-CN"] = "业务员", ["zh-TW"] = "業務員", en = "Salesperson" } },
  },
  run = run,
}
