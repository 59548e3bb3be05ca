local fixtures = require "tests.support.fixtures"

local function world()
  local given = { batch = fixtures.batch("B1"), hospital = fixtures.hospital("H1"), other = fixtures.hospital("H2") }
  given.drug = given.batch.drug
  given.rep = fixtures.representative("MR01")
  given.distributor = fixtures.distributor("D1")
  return given
end

local function event(given, more)
  local values = {
    name = "心血管用药研讨会", kind = "expert_seminar", drug = given.drug, hospital = given.hospital,
    organiser = given.rep, held_on = fixtures.day("2026-10-15"), budget = crm.decimal("20000.00"),
  }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("academic_event", values)
end

-- An event that was held: approved first, with its cost.
local function held(given, more, outcome)
  local approved = crm.update(event(given, more), { status = "approved" })
  local values = { status = "held", cost = crm.decimal("18000.00"), attended = 48 }
  for field, value in pairs(outcome or {}) do
    values[field] = value
  end
  return crm.update(approved, values)
end

test("the effect is what hospitals took before and after", function()
  local given = world()
  local function flow(receiver, quantity, day)
    fixtures.flow(given.batch, given.distributor, receiver, quantity, { flow_on = fixtures.day(day) })
  end
  flow("H1", 40, "2026-09-15")
  flow("H1", 7, "2026-09-14")
  flow("H1", 9, "2026-10-15")
  flow("H1", 50, "2026-11-14")
  flow("H1", 8, "2026-11-15")
  flow("H2", 20, "2026-10-20")
  local done = held(given)
  expect.equal(done.code, "XS2026-0001")
  expect.equal(event(given).quantity_before, nil)
  -- 30 days before: 15 September to 14 October; 30 days after: 16 October to 14 November
  expect.equal(done.quantity_before, 40)
  expect.equal(done.quantity_after, 50)
  expect.equal(tostring(done.growth), "25.00")
  -- 18,000 of 20,000; 18,000 / 48
  expect.equal(tostring(done.budget_used), "90.00")
  expect.equal(tostring(done.cost_per_head), "375.00")
  -- without a hospital, all of the province count: 50 + 20
  local wide = held(given, { hospital = "", province = "hubei" })
  expect.equal(wide.quantity_after, 70)
  expect.equal(tostring(wide.growth), "75.00")
end)

test("money beyond the budget is explained", function()
  local given = world()
  expect.error(function()
    event(given, { cost = crm.decimal("20000.01") })
  end, "实际费用 20,000.01 超出预算 20,000.00，多 0.01")
  expect.truthy(event(given, { cost = crm.decimal("20000.00") }))
  expect.truthy(event(given, { cost = crm.decimal("20000.01"), overrun_reason = "增加会场租金" }))
end)

test("an event has a place and is held on its day", function()
  local given = world()
  expect.error(function()
    event(given, { hospital = "" })
  end, "请填写举办医院或省份")
  expect.error(function()
    held(given, { held_on = fixtures.day("2026-11-30") })
  end, "活动日期是 2026-11-30，还没有到")
end)

test("there are the eight kinds of promotion", function()
  local given = world()
  local kinds = {
    "tv_advertisement", "print_advertisement", "direct_mail", "joint_clinic", "expert_seminar", "lecture",
    "drug_presentation", "free_clinic",
  }
  for _, kind in ipairs(kinds) do
    event(given, { kind = kind, budget = crm.decimal("1000.00"), cost = crm.decimal("250.00"), attended = 10 })
  end
  event(given, { kind = "lecture", budget = crm.decimal("3000.00"), cost = crm.decimal("750.00"), attended = 0 })
  crm.update(event(given, { kind = "lecture" }), { status = "cancelled" })
  local report = require "reports.event_effect"
  local rows = report.run({}).rows
  expect.equal(#rows, 8)
  for _, row in ipairs(rows) do
    if row.group == "讲座促销" then
      expect.equal(row.events, 2)
      -- 250 + 750 of 1,000 + 3,000; the 10 participants came to the one for 250
      expect.equal(tostring(row.cost), "1000.00")
      expect.equal(tostring(row.used), "25.00")
      expect.equal(tostring(row.per_head), "25.00")
    end
  end
  expect.equal(#report.run({ year = 2025 }).rows, 0)
  -- 8 × 1,000 + 3,000 for one drug and one person
  local by_drug, by_person = report.run({ by = "drug" }).rows, report.run({ by = "person" }).rows
  expect.equal(#by_drug, 1)
  expect.equal(tostring(by_drug[1].budget), "11000.00")
  expect.equal(by_person[1].group, "代表MR01")
  expect.equal(by_person[1].events, 9)
  expect.error(function()
    report.run({ by = "colour" })
  end, "不能按「colour」分组")
end)

test("flows that are reported late count for the effect of an event", function()
  local given = world()
  held(given, { held_on = fixtures.day("2026-10-15") })
  local function sold()
    local row = require("reports.event_effect").run({}).rows[1]
    return row.before .. " " .. row.after
  end
  expect.equal(sold(), "0 0")
  fixtures.flow(given.batch, given.distributor, "H1", 7, { flow_on = fixtures.day("2026-10-14") })
  fixtures.flow(given.batch, given.distributor, "H1", 9, { flow_on = fixtures.day("2026-10-16") })
  expect.equal(sold(), "7 9")
end)

test("an event goes from plan to approval, holding and evaluation", function()
  local given = world()
  local planned = event(given)
  expect.error(function()
    crm.update(planned, { status = "held" })
  end, "不能从「已计划」变为「已举办」")
  local approved = crm.update("academic_event/" .. planned.id, { status = "approved" })
  expect.error(function()
    crm.update(approved, { status = "held" })
  end, "请填写实际费用")
  local done = crm.update("academic_event/" .. planned.id, { status = "held", cost = crm.decimal("18000.00") })
  expect.error(function()
    crm.update(done, { status = "evaluated" })
  end, "请填写到会人数")
  expect.error(function()
    crm.update(crm.update(event(given, { budget = "0" }), { notes = "预算待定" }), { status = "approved" })
  end, "批准前请填写预算")
end)

test("an event that was approved is not deleted", function()
  local given = world()
  crm.delete(event(given))
  local approved = crm.update(event(given), { status = "approved" })
  expect.error(function() crm.delete(approved) end, "不能删除")
end)
