-- What the first visits brought: customers by outcome, beside what experience expects, and what became of them.

-- Five in a hundred decide at once, ten refuse, seventy-five raise objections; the others put it off.
local EXPECTED = { immediate = "5.00", objection = "75.00", refusal = "10.00" }
local OUTCOMES = { "immediate", "objection", "refusal", "not_contacted" }

local function counted(object, condition, group)
  local counts = {}
  for _, row in ipairs(crm.aggregate(object, { where = condition, group = { group }, measures = { n = "count()" } })) do
    counts[row[group] or row[1] or "not_contacted"] = row.n
  end
  return counts
end

-- Customers of an outcome that take part in some show, or have become a lead of a visitor.
local function distinct_customers(object, condition)
  local seen, counts = {}, {}
  for record in crm.each(object, condition) do
    local id = record:id_of("customer")
    if not seen[id] then
      seen[id] = true
      local outcome = record.customer.exhibition_first_visit or "not_contacted"
      counts[outcome] = (counts[outcome] or 0) + 1
    end
  end
  return counts
end

local function run()
  local customers = counted("customer", nil, "exhibition_first_visit")
  local exhibitors = distinct_customers("participation", "status <> 'cancelled'")
  local visitors = distinct_customers("lead", "kind = 'exhibition_visitor' and customer is not empty")
  local visited = (customers.immediate or 0) + (customers.objection or 0) + (customers.refusal or 0)
  local rows = {}
  for index, outcome in ipairs(OUTCOMES) do
    local count = customers[outcome] or 0
    local is_visit = outcome ~= "not_contacted"
    rows[index] = {
      outcome = crm.t("first_visit." .. outcome),
      customers = count,
      share = is_visit and visited > 0 and (crm.decimal(count) * crm.decimal(100)):div(crm.decimal(visited), 2) or nil,
      expected = EXPECTED[outcome] and crm.decimal(EXPECTED[outcome]) or nil,
      exhibitors = exhibitors[outcome] or 0,
      visitors = visitors[outcome] or 0,
    }
  end
  return {
    columns = {
      { name = "outcome", type = "text",
        label = { ["zh-CN"] = "首访结果", ["zh-TW"] = "首訪結果", en = "First visit" } },
      { name = "customers", type = "integer", total = true,
        label = { ["zh-CN"] = "客户数", ["zh-TW"] = "客戶數", en = "Customers" } },
      { name = "share", type = "percent",
        label = { ["zh-CN"] = "占已访(%)", ["zh-TW"] = "占已訪(%)", en = "Of those visited (%)" } },
      { name = "expected", type = "percent",
        label = { ["zh-CN"] = "经验值(%)", ["zh-TW"] = "經驗值(%)", en = "Experience (%)" } },
      { name = "exhibitors", type = "integer", total = true,
        label = { ["zh-CN"] = "参展", ["zh-TW"] = "參展", en = "Take part" } },
      { name = "visitors", type = "integer", total = true,
        label = { ["zh-CN"] = "转为观众", ["zh-TW"] = "轉為觀眾", en = "Became visitor leads" } },
    },
    rows = rows,
    chart = { kind = "bar", label = "outcome", value = "customers" },
    notes = crm.t("report.first_visits_note", { visited = tostring(visited) }),
  }
end

return {
  name = "first_visits",
  title = { ["zh-CN"] = "首访结果统计", ["zh-TW"] = "首訪結果統計", en = "Outcomes of first visits" },
  params = {},
  run = run,
}
