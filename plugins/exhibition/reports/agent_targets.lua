-- What each recruiting agent has sold of a show, beside the target, and the commission for it.

local shows = require "lib.shows"
local statuses = require "lib.statuses"

local ZERO = crm.decimal("0.00")
local HUNDRED = crm.decimal(100)

local function row_of(rows, by_agent, agent)
  local row = by_agent[agent.id]
  if not row then
    row = { agent = agent.name, code = agent.code, rate = agent.commission_rate or ZERO, booths = 0, area = ZERO, amount = ZERO }
    by_agent[agent.id] = row
    rows[#rows + 1] = row
  end
  return row
end

local function completion(done, target)
  return target and target > ZERO and (done * HUNDRED):div(target, 2) or nil
end

local function collect(show)
  local rows, by_agent = {}, {}
  for target in crm.each("agent_target", "show = ?", { params = { show.id } }) do
    local row = row_of(rows, by_agent, target.agent)
    row.target_area, row.target_amount = target.area, target.amount
  end
  local condition = "show = ? and agent is not empty and " .. statuses.sold_condition
  for participation in crm.each("participation", condition, { params = { show.id } }) do
    local row = row_of(rows, by_agent, participation.agent)
    row.booths = row.booths + 1
    row.area = row.area + (participation.area or ZERO)
    row.amount = row.amount + (participation.total or ZERO)
  end
  return rows
end

local function run(params)
  local show = shows.find(params.show)
  local rows = collect(show)
  for _, row in ipairs(rows) do
    row.area_done = completion(row.area, row.target_area)
    row.amount_done = completion(row.amount, row.target_amount)
    row.commission = (row.amount * row.rate):div(HUNDRED, 2)
  end
  table.sort(rows, function(left, right)
    if left.amount ~= right.amount then
      return left.amount > right.amount
    end
    return left.code < right.code
  end)
  return {
    columns = {
      { name = "agent", type = "text",
        label = { ["zh-CN"] = "招展代理", ["zh-TW"] = "招展代理", en = "Agent" } },
      { name = "booths", type = "integer", total = true,
        label = { ["zh-CN"] = "展位数", ["zh-TW"] = "展位數", en = "Booths" } },
      { name = "target_area", type = "decimal", total = true,
        label = { ["zh-CN"] = "目标面积(㎡)", ["zh-TW"] = "目標面積(㎡)", en = "Area to sell (m²)" } },
      { name = "area", type = "decimal", total = true,
        label = { ["zh-CN"] = "完成面积(㎡)", ["zh-TW"] = "完成面積(㎡)", en = "Area sold (m²)" } },
      { name = "area_done", type = "percent",
        label = { ["zh-CN"] = "面积完成(%)", ["zh-TW"] = "面積完成(%)", en = "Area (%)" } },
      { name = "target_amount", type = "currency", total = true,
        label = { ["zh-CN"] = "目标金额", ["zh-TW"] = "目標金額", en = "Amount to sell" } },
      { name = "amount", type = "currency", total = true,
        label = { ["zh-CN"] = "完成金额", ["zh-TW"] = "完成金額", en = "Amount sold" } },
      { name = "amount_done", type = "percent",
        label = { ["zh-CN"] = "金额完成(%)", ["zh-TW"] = "金額完成(%)", en = "Amount (%)" } },
      { name = "commission", type = "currency", total = true,
        label = { ["zh-CN"] = "佣金", ["zh-TW"] = "佣金", en = "Commission" } },
    },
    rows = rows,
    chart = { kind = "bar", label = "agent", value = "amount" },
    notes = crm.t("report.hall_sales_note", { show = show.name }),
  }
end

return {
  name = "agent_targets",
  title = { ["zh-CN"] = "代理任务完成", ["zh-TW"] = "代理任務完成", en = "Agents' targets" },
  params = {
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
