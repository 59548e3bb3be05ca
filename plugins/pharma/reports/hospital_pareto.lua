-- Which hospitals bring most of the sales (二八分析): hospitals by quantity, with the share that all so far make up.

local columns = require "lib.columns"
local lookup = require "lib.lookup"
local sums = require "lib.sums"

local column = columns.column

local function run(params)
  local where, values = "receiver_hospital is not empty", {}
  if params.month then
    where = where .. " and flow_on between ? and ?"
    values = { lookup.month(params.month) }
  end
  local groups = sums.all("flow", {
    where = where, params = values, group = { hospital = "receiver_hospital" },
    measures = { quantity = "sum(quantity)" }, sort = "quantity desc",
  })
  local total = 0
  for _, sum in ipairs(groups) do
    total = total + sum.quantity
  end
  local rows, so_far = {}, 0
  for index, sum in ipairs(groups) do
    local key = so_far * 100 < total * 80
    so_far = so_far + sum.quantity
    rows[index] = {
      rank = index,
      code = sum.hospital.code,
      name = sum.hospital.name,
      level = sum.hospital:label("level"),
      rep = sum.hospital.rep and sum.hospital.rep.name or "",
      quantity = sum.quantity,
      share = columns.percent(sum.quantity, total),
      cumulated = columns.percent(so_far, total),
      key = crm.t(key and "pareto.key" or "pareto.other"),
    }
  end
  return {
    columns = {
      column("rank", "integer", "名次", "名次", "Rank"),
      column("code", "text", "医院编码", "醫院編碼", "Code"),
      column("name", "text", "医院", "醫院", "Hospital"),
      column("level", "text", "等级", "等級", "Level"),
      column("rep", "text", "医药代表", "醫藥代表", "Representative"),
      column("quantity", "integer", "数量", "數量", "Quantity", true),
      column("share", "percent", "占比(%)", "占比(%)", "Share (%)"),
      column("cumulated", "percent", "累计占比(%)", "累計占比(%)", "Cumulated (%)"),
      column("key", "text", "分类", "分類", "Class"),
    },
    rows = rows,
    notes = crm.t("pareto.note"),
  }
end

return {
  name = "hospital_pareto",
  title = { ["zh-CN"] = "医院二八分析", ["zh-TW"] = "醫院二八分析", en = "Hospitals that make 80 % of the sales" },
  params = { columns.parameter("month", "月份", "月份", "Month") },
  run = run,
}
