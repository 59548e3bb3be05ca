-- Medical representatives in a month: hospitals and doctors in charge, visits, coverage, plan and sales.

local columns = require "lib.columns"
local lookup = require "lib.lookup"

local column = columns.column

-- id of a representative → figure, from one query with the group `rep` and the measure `n`.
local function figures(object, query)
  local result = {}
  query.measures = query.measures or { n = "count()" }
  for _, row in ipairs(crm.aggregate(object, query)) do
    if row.rep then
      result[row.rep.id] = row.n
    end
  end
  return result
end

local function run(params)
  local first, last = lookup.month(params.month)
  local in_month = { first, last }
  local hospitals = figures("hospital", { group = { rep = "rep" } })
  local doctors = figures("doctor", { group = { rep = "hospital.rep" } })
  local made = "visited_on between ? and ?"
  local visits = figures("visit_record", { where = made, params = in_month, group = { rep = "rep" } })
  local seen = figures("visit_record", {
    where = made, params = in_month, group = { rep = "rep" }, measures = { n = "count_distinct(doctor)" },
  })
  local planned = figures("visit_plan", {
    where = "month_on = ?", params = { first }, group = { rep = "rep" }, measures = { n = "sum(planned)" },
  })
  local done = figures("visit_plan", {
    where = "month_on = ?", params = { first }, group = { rep = "rep" }, measures = { n = "sum(done)" },
  })
  local sold = figures("flow", {
    where = "flow_on between ? and ? and receiver_hospital is not empty",
    params = in_month, group = { rep = "receiver_hospital.rep" }, measures = { n = "sum(quantity)" },
  })
  local rows = {}
  for rep in crm.each("salesperson", nil, { sort = "code, id" }) do
    local id = rep.id
    if hospitals[id] or visits[id] or planned[id] then
      rows[#rows + 1] = {
        code = rep.code or "", name = rep.name, hospitals = hospitals[id] or 0, doctors = doctors[id] or 0,
        visits = visits[id] or 0, seen = seen[id] or 0,
        coverage = columns.percent(seen[id] or 0, doctors[id] or 0),
        planned = planned[id] or 0, completion = columns.percent(done[id] or 0, planned[id] or 0),
        sold = sold[id] or 0,
      }
    end
  end
  table.sort(rows, function(left, right)
    if left.sold ~= right.sold then
      return left.sold > right.sold
    end
    return left.code < right.code
  end)
  return {
    columns = {
      column("code", "text", "编码", "編碼", "Code"),
      column("name", "text", "医药代表", "醫藥代表", "Representative"),
      column("hospitals", "integer", "负责医院", "負責醫院", "Hospitals", true),
      column("doctors", "integer", "负责医生", "負責醫師", "Doctors", true),
      column("visits", "integer", "拜访次数", "拜訪次數", "Visits", true),
      column("seen", "integer", "拜访医生数", "拜訪醫師數", "Doctors visited", true),
      column("coverage", "percent", "覆盖率(%)", "覆蓋率(%)", "Coverage (%)"),
      column("planned", "integer", "计划拜访", "計畫拜訪", "Planned", true),
      column("completion", "percent", "完成率(%)", "完成率(%)", "Completion (%)"),
      column("sold", "integer", "医院销量", "醫院銷量", "Into hospitals", true),
    },
    rows = rows,
    chart = { kind = "bar", label = "name", value = "sold" },
    notes = crm.t("performance.note", { from = tostring(first), to = tostring(last) }),
  }
end

return {
  name = "rep_performance",
  title = { ["zh-CN"] = "医药代表绩效", ["zh-TW"] = "醫藥代表績效", en = "Performance of representatives" },
  params = { columns.parameter("month", "月份", "月份", "Month") },
  run = run,
}
