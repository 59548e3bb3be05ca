-- What the first visits brought: customers by outcome, beside what experience expects, and what became of them: who
-- takes part, who is a lead of a visitor, and who is registered as one.

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

-- Customers of an outcome that take part in some show, have a lead of a visitor, or are registered as visitors, of
-- themselves or by their lead.
local function distinct_customers(object, condition)
  local seen, counts = {}, {}
  for record in crm.each(object, condition) do
    local customer = record.customer or record.lead.customer
    if not seen[customer.id] then
      seen[customer.id] = true
      local outcome = customer.exhibition_first_visit or "not_contacted"
      counts[outcome] = (counts[outcome] or 0) + 1
    end
  end
  return counts
end

local function run()
  local customers = counted("customer", nil, "exhibition_first_visit")
  local exhibitors = distinct_customers("participation", "status <> 'cancelled'")
  local leads = distinct_customers("lead", "kind = 'exhibition_visitor' and customer is not empty")
  local registered = "status <> 'cancelled' and (customer is not empty or lead.customer is not empty)"
  local visitors = distinct_customers("visitor", registered)
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
      leads = leads[outcome] or 0,
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
      { name = "leads", type = "integer", total = true,
        label = { ["zh-CN"] = "观众线索", ["zh-TW"] = "觀眾名單", en = "Leads of visitors" } },
      { name = "visitors", type = "integer", total = true,
        label = { ["zh-CN"] = "登记为观众", ["zh-TW"] = "登記為觀眾", en = "Registered as visitors" } },
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
