local fixtures = require "tests.support.fixtures"

local function world()
  local given = { rep = fixtures.representative("MR01", { name = "周敏" }) }
  given.hospital = fixtures.hospital("H1", { rep = given.rep })
  given.small = fixtures.hospital("H2", { level = "2b", rep = given.rep })
  -- grade A, B and C
  given.a = fixtures.doctor(given.hospital, "DR1")
  given.b = fixtures.doctor(given.hospital, "DR2", { professional_title = "attending" })
  given.c = fixtures.doctor(given.small, "DR3", { professional_title = "attending" })
  return given
end

local function visit(given, doctor, day, more)
  local values = { rep = given.rep, doctor = doctor, visited_on = fixtures.day(day), content = "介绍临床资料" }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("visit_record", values)
end

test("the next visit follows from the doctor's grade", function()
  local given = world()
  local first = visit(given, given.a, "2026-11-10")
  expect.equal(first.code, "VR202611-00001")
  expect.equal(first:id_of("hospital"), given.hospital.id)
  -- 7, 15 and 30 days
  expect.equal(tostring(first.next_visit_on), "2026-11-17")
  expect.equal(tostring(visit(given, given.b, "2026-11-10").next_visit_on), "2026-11-25")
  expect.equal(tostring(visit(given, given.c, "2026-11-10").next_visit_on), "2026-12-10")
end)

test("the doctor keeps the latest visit, whatever is entered last", function()
  local given = world()
  local latest = visit(given, given.a, "2026-11-10", { next_visit_on = fixtures.day("2026-11-30") })
  visit(given, given.a, "2026-11-03")
  local doctor = crm.get("doctor", given.a.id)
  expect.equal(tostring(doctor.last_visit_on), "2026-11-10")
  expect.equal(tostring(doctor.next_visit_on), "2026-11-30")
  crm.delete(latest)
  doctor = crm.get("doctor", given.a.id)
  expect.equal(tostring(doctor.last_visit_on), "2026-11-03")
  -- 3 November and 7 days
  expect.equal(tostring(doctor.next_visit_on), "2026-11-10")
end)

test("a visit that moves to another doctor leaves the first", function()
  local given = world()
  local record = visit(given, given.a, "2026-11-10")
  crm.update(record, { doctor = given.c })
  expect.equal(crm.get("doctor", given.a.id).last_visit_on, nil)
  expect.equal(tostring(crm.get("doctor", given.c.id).last_visit_on), "2026-11-10")
  expect.equal(crm.get("visit_record", record.id):id_of("hospital"), given.small.id)
end)

test("visits come after today's plans, not before", function()
  local given = world()
  expect.error(function()
    visit(given, given.a, "2026-11-22")
  end, "将来的拜访请写入拜访计划")
  expect.error(function()
    visit(given, given.a, "2026-11-10", { next_visit_on = fixtures.day("2026-11-10") })
  end, "下次拜访必须晚于拜访日期")
  crm.update(given.rep, { active = false })
  expect.error(function()
    visit(given, given.a, "2026-11-10")
  end, "「周敏」已停用")
end)

test("a plan counts the visits of its month, made before and after it was written", function()
  local given = world()
  visit(given, given.a, "2026-11-05")
  visit(given, given.a, "2026-10-31")
  local plan = crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-11-15"), planned = 8 })
  expect.equal(tostring(plan.month_on), "2026-11-01")
  visit(given, given.b, "2026-11-20")
  local third = visit(given, given.c, "2026-11-20")
  plan = crm.get("visit_plan", plan.id)
  expect.equal(plan.done, 3)
  -- 3 of 8
  expect.equal(tostring(plan.completion), "37.50")
  crm.delete(third)
  expect.equal(crm.get("visit_plan", plan.id).done, 2)
end)

test("a plan written later takes the visits of its own month only", function()
  local given = world()
  visit(given, given.a, "2026-07-31")
  visit(given, given.a, "2026-08-31")
  visit(given, given.a, "2026-09-01")
  local august = crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-08-01"), planned = 2 })
  expect.equal(crm.get("visit_plan", august.id).done, 1)
end)

test("a visit that moves to another month counts for that month's plan", function()
  local given = world()
  local october = crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-10-01"), planned = 2 })
  local november = crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-11-01"), planned = 2 })
  local record = visit(given, given.a, "2026-11-03")
  crm.update(record, { visited_on = fixtures.day("2026-10-30") })
  expect.equal(crm.get("visit_plan", october.id).done, 1)
  expect.equal(crm.get("visit_plan", november.id).done, 0)
  -- the next visit follows the new day: 30 October and 7 days
  expect.equal(tostring(crm.get("visit_record", record.id).next_visit_on), "2026-11-06")
end)

test("a visit counts for a plan of its own representative", function()
  local given = world()
  local other = fixtures.representative("MR02")
  local plan = crm.create("visit_plan", { rep = other, month_on = fixtures.day("2026-11-01"), planned = 2 })
  expect.error(function()
    visit(given, given.a, "2026-11-03", { plan = plan })
  end, "不是「周敏」的计划")
end)

test("a plan leaves the visits of other months and of other plans alone", function()
  local given = world()
  visit(given, given.a, "2026-10-31")
  visit(given, given.a, "2026-11-01")
  local november = crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-11-01"), planned = 2 })
  visit(given, given.b, "2026-10-15", { plan = november })
  local october = crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-10-01"), planned = 2 })
  expect.equal(crm.get("visit_plan", october.id).done, 1)
  expect.equal(crm.get("visit_plan", november.id).done, 2)
end)

test("a representative has one plan for a month", function()
  local given = world()
  crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-11-01"), planned = 8 })
  expect.error(function()
    crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-11-30"), planned = 8 })
  end, "计划月份")
end)

test("the planned visits are the sum of the lines", function()
  local given = world()
  local plan = crm.create("visit_plan", {
    rep = given.rep,
    month_on = fixtures.day("2026-11-01"),
    lines = { { doctor = given.a, planned = 4 }, { doctor = given.b, planned = 2 } },
  })
  plan = crm.get("visit_plan", plan.id)
  expect.equal(plan.planned, 6)
  -- what is typed beside the lines does not count
  expect.equal(crm.update(plan, { planned = 99, notes = "十二月重点" }).planned, 6)
  crm.delete(crm.find("visit_plan_line", "doctor = ?", { params = { given.b.id } })[1])
  expect.equal(crm.get("visit_plan", plan.id).planned, 4)
  crm.delete(crm.find("visit_plan_line")[1])
  expect.equal(crm.get("visit_plan", plan.id).planned, 0)
end)

test("the command writes a plan by grade", function()
  local given = world()
  -- the best grade first, whatever the code
  fixtures.doctor(given.small, "DR0", { professional_title = "resident" })
  local best = require("lib.plans").doctors(given.rep, 1)
  expect.equal(best[1].code, "DR1")
  crm.delete(crm.find("doctor", "code = 'DR0'")[1])
  local plan_visits = require "commands.plan_visits"
  local text = plan_visits.run({ rep = "MR01", month = "2026-12", doctors = 40 })
  -- A 30 / 7 = 4, B 30 / 15 = 2, C 30 / 30 = 1
  expect.truthy(text:find("医生 3 人，计划拜访 7 次", 1, true), text)
  local plan = crm.find("visit_plan")[1]
  expect.equal(plan.planned, 7)
  expect.equal(tostring(plan.month_on), "2026-12-01")
  expect.error(function()
    plan_visits.run({ rep = "MR01", month = "2026年12月", doctors = 40 })
  end, "该月已有拜访计划 " .. plan.code)
  expect.error(function()
    plan_visits.run({ rep = "MR99" })
  end, "没有编码或名称为「MR99」的医药代表")
  fixtures.representative("MR02")
  expect.error(function()
    plan_visits.run({ rep = "MR02" })
  end, "名下没有医生")
  expect.error(function()
    plan_visits.run({ rep = "MR01", doctors = 201 })
  end, "医生人数须在 1 到 200 之间，收到 201")
end)

test("completion is reported by grade", function()
  local given = world()
  crm.create("visit_plan", {
    rep = given.rep,
    month_on = fixtures.day("2026-11-01"),
    lines = { { doctor = given.a, planned = 4 }, { doctor = given.b, planned = 2 } },
  })
  visit(given, given.a, "2026-11-03")
  visit(given, given.a, "2026-11-10")
  visit(given, given.c, "2026-11-10")
  local rows = require("reports.visit_completion").run({ month = "2026-11" }).rows
  expect.equal(#rows, 3)
  expect.equal(rows[1].grade, "A")
  expect.equal(rows[1].made, 2)
  expect.equal(tostring(rows[1].completion), "50.00")
  expect.equal(tostring(rows[2].completion), "0.00")
  -- not planned, so there is no rate
  expect.equal(rows[3].made, 1)
  expect.equal(rows[3].completion, nil)
end)

test("performance brings visits, plans and sales together", function()
  local given = world()
  local distributor, batch = fixtures.distributor("D1"), fixtures.batch("B1")
  fixtures.flow(batch, distributor, "H1", 20, { flow_on = fixtures.day("2026-11-03") })
  fixtures.flow(batch, distributor, "H2", 50, { flow_on = fixtures.day("2026-11-04") })
  fixtures.flow(batch, distributor, "H1", 5, { flow_on = fixtures.day("2026-10-31") })
  crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-11-01"), planned = 4 })
  visit(given, given.a, "2026-11-03")
  visit(given, given.a, "2026-11-10")
  visit(given, given.b, "2026-11-10")
  fixtures.representative("MR02")
  local strong = fixtures.representative("MR03")
  fixtures.hospital("H3", { rep = strong })
  fixtures.flow(batch, distributor, "H3", 71, { flow_on = fixtures.day("2026-11-01") })
  local rows = require("reports.rep_performance").run({ month = "2026-11" }).rows
  -- the strongest first; MR02 has neither hospitals nor visits
  expect.equal(#rows, 2)
  expect.equal(rows[1].code, "MR03")
  expect.equal(rows[1].completion, nil)
  local row = rows[2]
  expect.equal(row.hospitals, 2)
  expect.equal(row.doctors, 3)
  expect.equal(row.visits, 3)
  expect.equal(row.seen, 2)
  -- 2 of 3 doctors, 3 of 4 visits
  expect.equal(tostring(row.coverage), "66.67")
  expect.equal(tostring(row.completion), "75.00")
  expect.equal(row.sold, 70)
end)

test("a plan that visits were made for is kept", function()
  local given = world()
  local plan = crm.create("visit_plan", { rep = given.rep, month_on = fixtures.day("2026-11-01"), planned = 4 })
  local made = visit(given, given.a, "2026-11-03")
  expect.error(function() crm.delete(crm.get("visit_plan", plan.id)) end, "已有 1 次拜访，不能删除")
  crm.delete(made)
  crm.delete(crm.get("visit_plan", plan.id))
end)
