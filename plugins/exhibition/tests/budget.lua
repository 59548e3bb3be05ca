local fixtures = require "tests.support.fixtures"

local decimal = crm.decimal

-- The show opens on 15 April 2027: late is from 15 March, early until 31 December when the project begins on 1 November.
local function budget(more)
  local values = {
    show = more and more.show or fixtures.show(),
    name = "第一届宣传预算",
    starts_on = crm.date.date(2026, 11, 1),
    amount = decimal("200000.00"),
  }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("show_budget", values)
end

local function line(of, day, planned, media)
  return crm.create("show_budget_line", {
    budget = of, item = "广告 " .. tostring(day), due_on = day, media = media or "professional", planned = decimal(planned),
  })
end

local EARLY, MIDDLE = crm.date.date(2026, 12, 31), crm.date.date(2027, 1, 1)
local LATE, ON_SITE = crm.date.date(2027, 3, 15), crm.date.date(2027, 4, 15)

local function reread(of)
  return crm.get("show_budget", of.id)
end

local function approve(of)
  return crm.update("show_budget/" .. of.id, { status = "approved" })
end

test("the day decides on the phase", function()
  local of = budget()
  expect.equal(line(of, EARLY, "1.00").phase, "early")
  expect.equal(line(of, MIDDLE, "1.00").phase, "middle")
  expect.equal(line(of, LATE + -1, "1.00").phase, "middle")
  expect.equal(line(of, LATE, "1.00").phase, "late")
  expect.equal(line(of, ON_SITE + -1, "1.00").phase, "late")
  expect.equal(line(of, ON_SITE, "1.00").phase, "on_site")
end)

test("mass media waits for the first two months to pass", function()
  local of = budget()
  expect.error(function()
    line(of, EARLY, "1.00", "mass")
  end, "不投「大众媒体」；请改投放媒体，或改到 2027-01-01 以后")
  local later = line(of, MIDDLE, "1.00", "mass")
  expect.error(function()
    crm.update(later, { due_on = EARLY })
  end, "不投「大众媒体」")
  expect.equal(line(of, EARLY, "1.00", "online").phase, "early")
end)

test("a budget that keeps the curve is approved, with its shares", function()
  local of = budget()
  line(of, EARLY, "30000.00")
  line(of, MIDDLE, "70000.00")
  line(of, LATE, "40000.00")
  line(of, LATE + 1, "40000.00", "mass")
  line(of, ON_SITE, "20000.00", "outdoor")
  of = approve(of)
  expect.equal(tostring(of.planned), "200000.00")
  -- 30, 70, 80 and 20 of 200
  expect.equal(tostring(of.early_share), "15.00")
  expect.equal(tostring(of.middle_share), "35.00")
  expect.equal(tostring(of.late_share), "40.00")
  expect.equal(tostring(of.on_site_share), "10.00")
end)

test("each phase that is off the curve is named with its figures", function()
  local of = budget()
  line(of, EARLY, "50000.00")
  line(of, MIDDLE, "50000.00")
  line(of, LATE, "100000.00")
  local function refused(text)
    expect.error(function()
      approve(of)
    end, text)
  end
  refused("初期（立项头两个月）编列 50,000.00 元，占总额 200,000.00 元的 25.00 %，应为 10–20 %")
  refused("中期（重点投入）编列 50,000.00 元，占总额 200,000.00 元的 25.00 %，应为 30–40 %")
  refused("后期（开展前一个月）编列 100,000.00 元，占总额 200,000.00 元的 50.00 %，应为 40 %")
end)

test("the ends of the ranges are on the curve, a cent beyond is not", function()
  local of = budget()
  local early = line(of, EARLY, "40000.00")
  local middle = line(of, MIDDLE, "80000.00")
  line(of, LATE, "80000.00")
  expect.equal(approve(of).status, "approved")
  crm.update("show_budget/" .. of.id, { status = "draft" })
  -- 20.01 %, and 39.99 % in the middle
  crm.update(early, { planned = decimal("40020.00") })
  crm.update(middle, { planned = decimal("79980.00") })
  expect.error(function()
    approve(of)
  end, "20.01 %")
end)

test("the lines are the whole budget", function()
  local of = budget()
  line(of, EARLY, "30000.00")
  line(of, MIDDLE, "70000.00")
  line(of, LATE, "80000.00")
  expect.error(function()
    approve(of)
  end, "合计 180,000.00 元，应等于预算总额 200,000.00 元（100 %），相差 20,000.00 元")
end)

test("a project is long enough for three phases, and its lines lie in it", function()
  expect.error(function()
    budget({ starts_on = crm.date.date(2027, 1, 16) })
  end, "最晚填 2027-01-15")
  local of = reread(budget({ starts_on = crm.date.date(2027, 1, 15), show = fixtures.show("OTHER2027") }))
  expect.error(function()
    line(of, crm.date.date(2027, 1, 14), "1.00")
  end, "不在项目期间（2027-01-15 至 2027-04-18）之内")
  expect.error(function()
    line(of, crm.date.date(2027, 4, 19), "1.00")
  end, "不在项目期间")
end)

local function approved()
  local of = budget()
  local lines = {
    early = line(of, EARLY, "30000.00"),
    middle = line(of, MIDDLE, "70000.00"),
    late = line(of, LATE, "80000.00"),
    on_site = line(of, ON_SITE, "20000.00"),
  }
  return approve(of), lines
end

test("an approved plan stays, until the budget is a draft again", function()
  local of, lines = approved()
  expect.error(function()
    crm.update(lines.early, { planned = decimal("31000.00") })
  end, "请先把预算改回「编制中」")
  expect.error(function()
    line(of, EARLY, "1.00")
  end, "请先把预算改回「编制中」")
  expect.error(function()
    crm.delete(lines.early)
  end, "请先把预算改回「编制中」")
  crm.update("show_budget/" .. of.id, { status = "draft" })
  crm.delete(lines.early)
  expect.equal(tostring(reread(of).planned), "170000.00")
  expect.equal(tostring(reread(of).early_share), "0.00")
end)

test("money is spent from an approved budget, up to the share of the phase", function()
  local draft = budget({ show = fixtures.show("OTHER2027") })
  local early = line(draft, EARLY, "30000.00")
  expect.error(function()
    crm.update(early, { spent = decimal("1.00") })
  end, "批准后才能登记支出")
  local of, lines = approved()
  -- at most 20 % of 200,000.00
  crm.update(lines.early, { spent = decimal("40000.00") })
  expect.error(function()
    crm.update(lines.early, { spent = decimal("40000.01") })
  end, "支出将达 40,000.01 元，占总额的 20.00 %，该阶段为 10–20 %，最多 40,000.00 元")
  crm.update(lines.on_site, { spent = decimal("15000.50") })
  expect.equal(tostring(reread(of).spent), "55000.50")
  expect.equal(tostring(reread(of).left), "144999.50")
end)
