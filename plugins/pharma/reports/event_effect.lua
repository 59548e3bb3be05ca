-- Academic events by kind of promotion, by drug or by organiser: budget, cost, participants and what the drug sold
-- before and after, from the flows as they are: flows that are reported late count. The cost per head is that of the
-- events which had participants.

local columns = require "lib.columns"
local effects = require "lib.effects"

local column = columns.column
local ZERO = crm.decimal("0.00")

-- What an event counts for: kind, drug or person.
local GROUPS = {
  kind = function(event)
    return event.kind, event:label("kind")
  end,
  drug = function(event)
    return event:id_of("drug"), event.drug.name
  end,
  person = function(event)
    return event:id_of("organiser"), event.organiser.name
  end,
}

local function add(row, event)
  row.events = row.events + 1
  row.budget = row.budget + event.budget
  row.cost = row.cost + (event.cost or ZERO)
  if event.attended and event.attended > 0 then
    row.attended = row.attended + event.attended
    row.attended_cost = row.attended_cost + (event.cost or ZERO)
  end
  local before, after = effects.of(event)
  row.before = row.before + (before or 0)
  row.after = row.after + (after or 0)
end

local function collect(group, year)
  local where = "status <> 'cancelled' and (? = 0 or year(held_on) = ?)"
  local rows, by_key = {}, {}
  for event in crm.each("academic_event", where, { params = { year, year }, sort = "kind, id" }) do
    local key, name = group(event)
    local row = by_key[key]
    if not row then
      row = {
        group = name, events = 0, budget = ZERO, cost = ZERO, attended = 0, attended_cost = ZERO, before = 0, after = 0,
      }
      by_key[key] = row
      rows[#rows + 1] = row
    end
    add(row, event)
  end
  return rows
end

local function run(params)
  local by = params.by or "kind"
  local group = GROUPS[by] or error({ code = "invalid_input", message = crm.t("event.bad_group", { text = by }) })
  local rows = collect(group, params.year or 0)
  for _, row in ipairs(rows) do
    row.used = row.budget > ZERO and (row.cost * crm.decimal(100)):div(row.budget, 2) or nil
    row.per_head = row.attended > 0 and row.attended_cost:div(crm.decimal(row.attended), 2) or nil
    row.growth = columns.percent(row.after - row.before, row.before)
  end
  return {
    columns = {
      column("group", "text", "分组", "分組", "Group"),
      column("events", "integer", "场次", "場次", "Events", true),
      column("budget", "currency", "预算", "預算", "Budget", true),
      column("cost", "currency", "实际费用", "實際費用", "Cost", true),
      column("used", "percent", "预算使用率(%)", "預算使用率(%)", "Budget used (%)"),
      column("attended", "integer", "到会人数", "到會人數", "Participants", true),
      column("per_head", "currency", "人均费用", "人均費用", "Cost per head"),
      column("before", "integer", "活动前销量", "活動前銷量", "Sold before", true),
      column("after", "integer", "活动后销量", "活動後銷量", "Sold after", true),
      column("growth", "percent", "增长(%)", "成長(%)", "Growth (%)"),
    },
    rows = rows,
    chart = { kind = "bar", label = "group", values = { "budget", "cost" } },
  }
end

return {
  name = "event_effect",
  title = { ["zh-CN"] = "学术推广效果", ["zh-TW"] = "學術推廣效果", en = "Effect of academic events" },
  params = {
    { name = "by", label = { ["zh-CN"] = "分组方式", ["zh-TW"] = "分組方式", en = "Group by" },
      options = {
        { value = "kind", label = { ["zh-CN"] = "推广形式", ["zh-TW"] = "推廣形式", en = "Kind" } },
        { value = "drug", label = { ["zh-CN"] = "药品", ["zh-TW"] = "藥品", en = "Drug" } },
        { value = "person", label = { ["zh-CN"] = "负责人", ["zh-TW"] = "負責人", en = "Person" } },
      } },
    { name = "year", type = "integer", label = { ["zh-CN"] = "年份", ["zh-TW"] = "年份", en = "Year" } },
  },
  run = run,
}
