-- Visit plans of a month against the visits made, by representative and grade of doctor.

local columns = require "lib.columns"
local lookup = require "lib.lookup"

local column = columns.column

local function sums(object, plan_id, measure)
  local result = {}
  local rows = crm.aggregate(object, {
    where = "plan = ?", params = { plan_id }, group = { grade = "doctor.grade" }, measures = { n = measure },
  })
  for _, row in ipairs(rows) do
    result[row.grade] = row.n
  end
  return result
end

local function add(rows, plan)
  local planned, made = sums("visit_plan_line", plan.id, "sum(planned)"), sums("visit_record", plan.id, "count()")
  local doctors = sums("visit_plan_line", plan.id, "count()")
  local seen = sums("visit_record", plan.id, "count_distinct(doctor)")
  for _, grade in ipairs({ "A", "B", "C" }) do
    if planned[grade] or made[grade] then
      rows[#rows + 1] = {
        plan = plan.code,
        rep = plan.rep.name,
        grade = grade,
        doctors = doctors[grade] or 0,
        seen = seen[grade] or 0,
        planned = planned[grade] or 0,
        made = made[grade] or 0,
        completion = columns.percent(made[grade] or 0, planned[grade] or 0),
      }
    end
  end
end

local function run(params)
  local first = lookup.month(params.month)
  local rows = {}
  for plan in crm.each("visit_plan", "month_on = ?", { params = { first }, sort = "code, id" }) do
    add(rows, plan)
  end
  return {
    columns = {
      column("plan", "text", "计划编号", "計畫編號", "Plan"),
      column("rep", "text", "医药代表", "醫藥代表", "Representative"),
      column("grade", "text", "医生分级", "醫師分級", "Grade"),
      column("doctors", "integer", "计划医生", "計畫醫師", "Doctors planned", true),
      column("seen", "integer", "已拜访医生", "已拜訪醫師", "Doctors visited", true),
      column("planned", "integer", "计划次数", "計畫次數", "Planned", true),
      column("made", "integer", "完成次数", "完成次數", "Made", true),
      column("completion", "percent", "完成率(%)", "完成率(%)", "Completion (%)"),
    },
    rows = rows,
    chart = { kind = "bar", label = "rep", values = { "planned", "made" } },
  }
end

return {
  name = "visit_completion",
  title = { ["zh-CN"] = "拜访计划完成情况", ["zh-TW"] = "拜訪計畫完成情況", en = "Completion of visit plans" },
  params = { columns.parameter("month", "月份", "月份", "Month") },
  run = run,
}
