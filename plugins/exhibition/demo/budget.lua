-- The publicity budget of the demonstration show: approved, with what was spent so far.

local shift = ...
local show = require("demo.the_show").find()

local function day(text)
  return crm.date.parse(text) + shift
end

-- What, day, medium, planned, spent.
local LINES = {
  { "行业杂志首轮广告", "2026-09-15", "professional", "60000.00", "58800.00" },
  { "行业网站专题", "2026-10-10", "online", "30000.00", "26800.00" },
  { "专业杂志重点投放", "2026-11-20", "professional", "150000.00", "45000.00" },
  { "新闻发布会", "2026-12-18", "event", "40000.00", "0.00" },
  { "都市报软文", "2027-01-15", "mass", "20000.00", "0.00" },
  { "电视与广播", "2027-02-05", "mass", "120000.00", "0.00" },
  { "专业杂志展前特刊", "2027-02-10", "professional", "120000.00", "0.00" },
  { "道旗与车身广告", "2027-03-01", "outdoor", "40000.00", "0.00" },
  { "机动", "2027-03-04", "other", "20000.00", "0.00" },
}

if crm.count("show_budget", "show = " .. show.id) == 0 then
  local budget = crm.create("show_budget", {
    show = show, name = "第二十届宣传预算", starts_on = day "2026-09-01", amount = "600000.00",
  })
  local made = {}
  for index, line in ipairs(LINES) do
    made[index] = crm.create("show_budget_line", {
      budget = budget, item = line[1], due_on = day(line[2]), media = line[3], planned = line[4],
    })
  end
  crm.update("show_budget/" .. budget.id, { status = "approved" })
  for index, line in ipairs(LINES) do
    if line[5] ~= "0.00" then
      crm.update(made[index], { spent = line[5] })
    end
  end
end
