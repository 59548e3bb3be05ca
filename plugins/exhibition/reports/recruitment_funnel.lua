-- How far the participations of a show have come: how many reached each stage, and how many are in it now.

local shows = require "lib.shows"
local statuses = require "lib.statuses"

local ZERO = crm.decimal("0.00")

-- A cancelled participation had come at least as far as the days in it tell.
local function reached(participation)
  if participation.status ~= "cancelled" then
    return statuses.rank(participation.status)
  elseif participation.contracted_on then
    return statuses.rank("contracted")
  elseif participation.confirmed_on then
    return statuses.rank("confirmed")
  end
  return statuses.rank("invited")
end

local function percent(part, whole)
  return whole > 0 and (crm.decimal(part) * crm.decimal(100)):div(crm.decimal(whole), 2) or ZERO
end

local function new_rows()
  local rows, labels = {}, {}
  for _, step in ipairs(crm.stages("participation")) do
    labels[step.value] = step.label
  end
  for index, status in ipairs(statuses.all) do
    rows[index] = { stage = labels[status], reached = 0, now = 0, area = ZERO, amount = ZERO }
  end
  rows[#rows + 1] = { stage = labels.cancelled, now = 0, area = ZERO, amount = ZERO }
  return rows
end

local function run(params)
  local show = shows.find(params.show)
  local rows = new_rows()
  for participation in crm.each("participation", "show = ?", { params = { show.id } }) do
    for index = 1, reached(participation) do
      rows[index].reached = rows[index].reached + 1
    end
    local here = rows[statuses.rank(participation.status) or #rows]
    here.now = here.now + 1
    here.area = here.area + (participation.area or ZERO)
    here.amount = here.amount + (participation.total or ZERO)
  end
  for index = 1, #statuses.all do
    rows[index].of_invited = percent(rows[index].reached, rows[1].reached)
    rows[index].of_before = percent(rows[index].reached, rows[math.max(1, index - 1)].reached)
  end
  return {
    columns = {
      { name = "stage", type = "text",
        label = { ["zh-CN"] = "阶段", ["zh-TW"] = "階段", en = "Stage" } },
      { name = "reached", type = "integer",
        label = { ["zh-CN"] = "到达", ["zh-TW"] = "到達", en = "Reached" } },
      { name = "of_before", type = "percent",
        label = { ["zh-CN"] = "较上一阶段(%)", ["zh-TW"] = "較上一階段(%)", en = "Of the stage before (%)" } },
      { name = "of_invited", type = "percent",
        label = { ["zh-CN"] = "占邀请(%)", ["zh-TW"] = "占邀請(%)", en = "Of all invited (%)" } },
      { name = "now", type = "integer", total = true,
        label = { ["zh-CN"] = "现处", ["zh-TW"] = "現處", en = "Now in it" } },
      { name = "area", type = "decimal", total = true,
        label = { ["zh-CN"] = "现处面积(㎡)", ["zh-TW"] = "現處面積(㎡)", en = "Area now in it (m²)" } },
      { name = "amount", type = "currency", total = true,
        label = { ["zh-CN"] = "现处金额", ["zh-TW"] = "現處金額", en = "Amount now in it" } },
    },
    rows = rows,
    chart = { kind = "funnel", label = "stage", value = "reached" },
    notes = crm.t("report.funnel_note", { show = show.name }),
  }
end

return {
  name = "recruitment_funnel",
  title = { ["zh-CN"] = "招展漏斗", ["zh-TW"] = "招展漏斗", en = "Recruitment funnel" },
  params = {
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
