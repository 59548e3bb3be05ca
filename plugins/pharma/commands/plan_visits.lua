-- Writes a representative's visit plan of a month: the doctors of the representative's hospitals, the best grades first,
-- each as often as the grade asks for.

local columns = require "lib.columns"
local lookup = require "lib.lookup"
local plans = require "lib.plans"

local MOST = 200

local function refuse(key, arguments)
  error({ code = "invalid_input", message = crm.t(key, arguments) })
end

local function run(args)
  local rep = lookup.representative(args.rep or "")
  local first = lookup.month(args.month)
  local limit = args.doctors or 40
  if limit < 1 or limit > MOST then
    refuse("plan_visits.limit", { most = MOST, doctors = limit })
  end
  local existing = crm.find("visit_plan", "rep = ? and month_on = ?", { params = { rep.id, first }, limit = 1 })[1]
  if existing then
    refuse("plan_visits.exists", { code = existing.code, rep = rep.name })
  end
  local doctors = plans.doctors(rep, limit)
  if #doctors == 0 then
    refuse("plan_visits.no_doctors", { rep = rep.name })
  end
  local plan, planned = plans.write(rep, first, doctors)
  return crm.t("plan_visits.done", { code = plan.code, rep = rep.name, doctors = #doctors, planned = planned })
end

return {
  name = "plan_visits",
  title = { ["zh-CN"] = "生成拜访计划", ["zh-TW"] = "產生拜訪計畫", en = "Write a visit plan" },
  params = {
    columns.parameter("rep", "医药代表编码", "醫藥代表編碼", "Code of the representative", true),
    columns.parameter("month", "月份", "月份", "Month"),
    { name = "doctors", type = "integer", default = 40,
      label = { ["zh-CN"] = "医生人数上限", ["zh-TW"] = "醫師人數上限", en = "Doctors at most" } },
  },
  run = run,
}
