local fixtures = require "tests.support.fixtures"

local decimal = crm.decimal

local function move(participation, status, values)
  values = values or {}
  values.status = status
  return crm.update("participation/" .. participation.id, values)
end

local function refused(participation, status, text, values)
  expect.error(function()
    move(participation, status, values)
  end, text)
end

-- A world whose show has been open since yesterday and closes today.
local function world_of_today()
  local world = fixtures.world()
  local today = crm.date.today()
  crm.update(world.show, {
    move_in_on = today + -2, starts_on = today + -1, ends_on = today, balance_due_on = today + -2,
  })
  return world
end

test("a participation begins with an invitation, a visit or a reserved booth", function()
  local world = fixtures.world()
  local function begin(status)
    return function()
      crm.create("participation", { show = world.show, customer = world.seeds, booth = world.plain, status = status })
    end
  end
  begin("invited")()
  expect.error(begin("confirmed"), "不能从「已确认」开始")
  expect.error(begin("contracted"))
  expect.error(begin("surveyed"))
end)

test("a visit is one when its outcome is known", function()
  local world = fixtures.world()
  local invited = fixtures.participation(world, world.seeds, nil, { status = "invited" })
  refused(invited, "visited", "请先登记客户的首访结果")
  crm.update(world.seeds, { exhibition_first_visit = "immediate" })
  expect.equal(crm.get("participation", invited.id).status, "visited")
end)

test("a reservation needs a booth", function()
  local world = fixtures.world()
  local invited = fixtures.participation(world, world.seeds, nil, { status = "invited" })
  refused(invited, "reserved", "预留前须安排展位")
  expect.equal(move(invited, "reserved", { booth = world.plain }).status, "reserved")
end)

test("what is missing for a confirmation is told at once", function()
  local world = fixtures.world()
  crm.update(world.show, { standard_price = "" })
  local nobody = crm.create("customer", { name = "无联系人公司" })
  local booth = fixtures.booth(world.n1, "N1-B01")
  local reserved = fixtures.participation(world, nobody, booth, { status = "reserved" })
  refused(reserved, "confirmed", "确认前须填写单价")
  refused(reserved, "confirmed", "确认前须填写本次参展的联系人")
  local contact = crm.create("contact", { customer = nobody, name = "张三" })
  expect.equal(move(reserved, "confirmed", { contact = contact, unit_price = "1480.00" }).status, "confirmed")
end)

test("a contract needs its number and the deposit", function()
  local world = fixtures.world()
  local confirmed = fixtures.participation(world, world.seeds, world.plain)
  refused(confirmed, "contracted", "签约前须填写合同编号")
  refused(confirmed, "contracted", "定金尚未收齐", { contract_number = "HT-1" })
  -- the deposit is half of 13320.00
  fixtures.pay(confirmed, decimal("6659.99"))
  refused(confirmed, "contracted", "定金尚未收齐", { contract_number = "HT-1" })
  fixtures.pay(confirmed, decimal("6660.00"))
  local contracted = move(confirmed, "contracted", { contract_number = "HT-1" })
  expect.equal(tostring(contracted.contracted_on), "2026-11-21")
end)

test("who is confirmed keeps a booth", function()
  local world = fixtures.world()
  local confirmed = fixtures.participation(world, world.seeds, world.plain)
  expect.error(function()
    crm.update("participation/" .. confirmed.id, { booth = "" })
  end, "确认参展前须安排展位")
end)

test("nobody moves in before the day, without paying, or with an unapproved stand", function()
  local world = fixtures.world()
  local contracted = fixtures.participation(world, world.tools, world.raw, { status = "contracted" })
  refused(contracted, "moved_in", "布展日期未到")
  refused(contracted, "moved_in", "余款尚未付清")
  refused(contracted, "moved_in", "搭建图纸尚未审定")
end)

test("the way leads on to the survey, and nowhere else", function()
  local world = world_of_today()
  local contracted = fixtures.participation(world, world.tools, world.raw, { status = "contracted" })
  refused(contracted, "moved_out", "不能从「已签约」变为「已撤展」")
  fixtures.pay(contracted, contracted.total)
  local inside = move(contracted, "moved_in", { stand_approved = true })
  expect.equal(tostring(inside.moved_in_on), "2026-11-21")
  refused(inside, "cancelled", "不能从「已进馆」变为「已取消」")
  local out = move(inside, "moved_out")
  refused(out, "surveyed", "请先登记满意度调查")
  crm.create("satisfaction_survey", { participation = out, goal_reached = true, score = 5, next_edition = "yes" })
  local done = crm.get("participation", out.id)
  expect.equal(done.status, "surveyed")
  expect.equal(done.goal_reached, true)
  expect.equal(done.next_edition, "yes")
  refused(done, "invited", "不能从「已回访」变为「已邀请」")
  expect.error(function()
    crm.delete(done)
  end, "只能取消，不能删除")
end)

test("nobody moves out before the show closes", function()
  local world = world_of_today()
  crm.update(world.show, { ends_on = crm.date.today() + 1 })
  local contracted = fixtures.participation(world, world.seeds, world.plain, { status = "contracted" })
  fixtures.pay(contracted, contracted.total)
  local inside = move(contracted, "moved_in")
  refused(inside, "moved_out", "展会闭幕前不能撤展")
end)

test("a survey asks those who were there, once, about their show", function()
  local world = world_of_today()
  local contracted = fixtures.participation(world, world.seeds, world.plain, { status = "contracted" })
  local function answer(values)
    return function()
      values.goal_reached = true
      return crm.create("satisfaction_survey", values)
    end
  end
  expect.error(answer({ participation = contracted }), "撤展后才能登记满意度调查")
  fixtures.pay(contracted, contracted.total)
  move(contracted, "moved_in")
  move(contracted, "moved_out")
  expect.error(answer({}), "请填写参展或观众中的一项")
  expect.error(answer({ participation = contracted, show = fixtures.show("OTHER2027") }), "不属于展会")
  local survey = answer({ participation = contracted })()
  expect.equal(survey.kind, "exhibitor")
  expect.equal(survey.respondent, "武汉达川农业有限公司")
  expect.error(answer({ participation = contracted }), "已于 2026-11-21 答复过")
  local visitor = crm.create("visitor", { show = world.show, name = "邓芳", mobile = "18088031859" })
  expect.error(answer({ visitor = visitor }), "没有到场")
  expect.error(answer({ participation = contracted, visitor = visitor }), "只填一项")
  require("commands.check_in").run({ badge = visitor.code })
  expect.equal(answer({ visitor = visitor })().kind, "visitor")
end)

test("the funnel counts how far participations have come", function()
  local world = fixtures.world()
  local third = fixtures.booth(world.n1, "N1-A03")
  fixtures.participation(world, fixtures.customer("甲公司", "13900000003"), nil, { status = "invited" })
  fixtures.participation(world, world.seeds, world.plain, { status = "reserved" })
  fixtures.participation(world, world.tools, world.corner, { status = "contracted" })
  local gone = fixtures.participation(world, fixtures.customer("乙公司", "13900000004"), third)
  move(gone, "cancelled")
  local rows = require("reports.recruitment_funnel").run({ show = "TEST2027" }).rows
  local reached, now = {}, {}
  for index, row in ipairs(rows) do
    reached[index], now[index] = row.reached, row.now
  end
  -- invited, visited, reserved, confirmed, contracted, moved in, moved out, surveyed
  expect.equal(table.concat(reached, " ", 1, 8), "4 3 3 2 1 0 0 0")
  expect.equal(table.concat(now, " "), "1 0 1 0 1 0 0 0 1")
  -- three of the four went on from the invitation, two of those three were confirmed
  expect.equal(tostring(rows[3].of_invited), "75.00")
  expect.equal(tostring(rows[4].of_before), "66.67")
end)
