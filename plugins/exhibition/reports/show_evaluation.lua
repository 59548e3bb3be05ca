-- After the show: were enough exhibitors and visitors satisfied, what did it bring and cost, and who comes again.

local shows = require "lib.shows"
local statuses = require "lib.statuses"

local ZERO = crm.decimal("0.00")
local HUNDRED = crm.decimal(100)

local function percent(part, whole)
  return whole > 0 and (crm.decimal(part) * HUNDRED):div(crm.decimal(whole), 2) or nil
end

local function verdict(share, goal)
  if not share then
    return crm.t("evaluation.no_answers")
  end
  return share >= goal and crm.t("evaluation.reached") or crm.t("evaluation.missed")
end

local function answers(show, kind)
  local found = { answered = 0, satisfied = 0, scores = 0, scored = 0, again = {} }
  local options = { params = { show.id, kind } }
  for survey in crm.each("satisfaction_survey", "show = ? and kind = ?", options) do
    found.answered = found.answered + 1
    found.satisfied = found.satisfied + (survey.goal_reached and 1 or 0)
    if survey.score then
      found.scores, found.scored = found.scores + survey.score, found.scored + 1
    end
    if survey.next_edition then
      found.again[survey.next_edition] = (found.again[survey.next_edition] or 0) + 1
    end
  end
  return found
end

local function row_of(show, kind, present, goal)
  local found = answers(show, kind)
  local share = percent(found.satisfied, found.answered)
  return {
    group = crm.t("evaluation." .. kind),
    present = present,
    answered = found.answered,
    response = percent(found.answered, present),
    satisfied = found.satisfied,
    share = share,
    goal = goal,
    verdict = verdict(share, goal),
    score = found.scored > 0 and crm.decimal(found.scores):div(crm.decimal(found.scored), 2) or nil,
  }, found
end

local function money(show)
  local income, received = ZERO, ZERO
  local condition = "show = ? and " .. statuses.sold_condition
  for participation in crm.each("participation", condition, { params = { show.id } }) do
    income = income + (participation.total or ZERO)
    received = received + (participation.received or ZERO)
  end
  local budget = crm.find("show_budget", "show = ?", { params = { show.id }, limit = 1 })[1]
  return income, received, budget and budget.spent or ZERO
end

local function notes(show, exhibitors)
  local income, received, publicity = money(show)
  return crm.t("report.evaluation_note", {
    show = show.name,
    income = income:format(),
    received = received:format(),
    publicity = publicity:format(),
    yes = tostring(exhibitors.again.yes or 0),
    maybe = tostring(exhibitors.again.maybe or 0),
    no = tostring(exhibitors.again.no or 0),
  })
end

local function run(params)
  local show = shows.find(params.show)
  local exhibitors, found = row_of(show, "exhibitor",
    crm.count("participation", "show = ? and status in ('moved_out', 'surveyed')", { params = { show.id } }),
    show.exhibitor_target or crm.decimal(80))
  local visitors = row_of(show, "visitor",
    crm.count("visitor", "show = ? and status = 'checked_in'", { params = { show.id } }),
    show.visitor_target or crm.decimal(70))
  return {
    columns = {
      { name = "group", type = "text",
        label = { ["zh-CN"] = "对象", ["zh-TW"] = "對象", en = "Who" } },
      { name = "present", type = "integer",
        label = { ["zh-CN"] = "到场", ["zh-TW"] = "到場", en = "Present" } },
      { name = "answered", type = "integer",
        label = { ["zh-CN"] = "答复", ["zh-TW"] = "答覆", en = "Answered" } },
      { name = "response", type = "percent",
        label = { ["zh-CN"] = "答复率(%)", ["zh-TW"] = "答覆率(%)", en = "Answered (%)" } },
      { name = "satisfied", type = "integer",
        label = { ["zh-CN"] = "达到目的", ["zh-TW"] = "達到目的", en = "Satisfied" } },
      { name = "share", type = "percent",
        label = { ["zh-CN"] = "满意率(%)", ["zh-TW"] = "滿意率(%)", en = "Satisfied (%)" } },
      { name = "goal", type = "percent",
        label = { ["zh-CN"] = "目标(%)", ["zh-TW"] = "目標(%)", en = "Goal (%)" } },
      { name = "verdict", type = "text",
        label = { ["zh-CN"] = "评价", ["zh-TW"] = "評價", en = "Verdict" } },
      { name = "score", type = "decimal",
        label = { ["zh-CN"] = "平均分", ["zh-TW"] = "平均分", en = "Average score" } },
    },
    rows = { exhibitors, visitors },
    chart = { kind = "bar", label = "group", value = "share" },
    notes = notes(show, found),
  }
end

return {
  name = "show_evaluation",
  title = { ["zh-CN"] = "展后评估", ["zh-TW"] = "展後評估", en = "Evaluation after the show" },
  params = {
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
