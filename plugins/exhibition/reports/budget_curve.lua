-- The publicity budget of a show by phase: planned and spent, beside the curve it should keep.

local budget_curve = require "lib.budget_curve"
local shows = require "lib.shows"

local function find_budget(show)
  local budget = crm.find("show_budget", "show = ?", { params = { show.id }, limit = 1 })[1]
  if not budget then
    error({ code = "not_found", message = crm.t("budget.none", { show = show.name }) })
  end
  return budget
end

local function verdict(share, phase)
  local least, greatest = budget_curve.range(phase)
  if share < least then
    return crm.t("budget.below")
  end
  return share > greatest and crm.t("budget.above") or crm.t("budget.kept")
end

local function run(params)
  local show = shows.find(params.show)
  local budget = find_budget(show)
  local sums, rows = budget_curve.sums(budget.id), {}
  for index, phase in ipairs(budget_curve.phases) do
    local sum = sums.phases[phase]
    local share = budget_curve.share(sum.planned, budget.amount)
    rows[index] = {
      phase = crm.t("budget.phase." .. phase),
      planned = sum.planned,
      share = share,
      range = budget_curve.range_text(phase),
      verdict = verdict(share, phase),
      spent = sum.spent,
      spent_share = budget_curve.share(sum.spent, budget.amount),
      left = sum.planned - sum.spent,
    }
  end
  return {
    columns = {
      { name = "phase", type = "text",
        label = { ["zh-CN"] = "阶段", ["zh-TW"] = "階段", en = "Phase" } },
      { name = "planned", type = "currency", total = true,
        label = { ["zh-CN"] = "预算", ["zh-TW"] = "預算", en = "Planned" } },
      { name = "share", type = "percent", total = true,
        label = { ["zh-CN"] = "占比(%)", ["zh-TW"] = "占比(%)", en = "Share (%)" } },
      { name = "range", type = "text",
        label = { ["zh-CN"] = "应占", ["zh-TW"] = "應占", en = "Should be" } },
      { name = "verdict", type = "text",
        label = { ["zh-CN"] = "评价", ["zh-TW"] = "評價", en = "Verdict" } },
      { name = "spent", type = "currency", total = true,
        label = { ["zh-CN"] = "支出", ["zh-TW"] = "支出", en = "Spent" } },
      { name = "spent_share", type = "percent", total = true,
        label = { ["zh-CN"] = "支出占比(%)", ["zh-TW"] = "支出占比(%)", en = "Spent (%)" } },
      { name = "left", type = "currency", total = true,
        label = { ["zh-CN"] = "余额", ["zh-TW"] = "餘額", en = "Left" } },
    },
    rows = rows,
    chart = { kind = "bar", label = "phase", value = "planned" },
    notes = crm.t("report.budget_note", {
      budget = budget.name,
      amount = budget.amount:format(),
      status = budget:label("status"),
    }),
  }
end

return {
  name = "budget_curve",
  title = { ["zh-CN"] = "宣传预算曲线", ["zh-TW"] = "宣傳預算曲線", en = "Curve of the publicity budget" },
  params = {
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
