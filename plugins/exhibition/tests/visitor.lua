local fixtures = require "tests.support.fixtures"

local check_in = require("commands.check_in").run

local function visitor(show, more)
  local values = { show = show, name = "邓芳", company = "长沙润宏科技股份有限公司", mobile = "18088031859" }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("visitor", values)
end

test("badges are numbered through the show and begin with its code", function()
  local show, other = fixtures.show(), fixtures.show("OTHER2027")
  expect.equal(visitor(show).code, "TEST2027-V00001")
  expect.equal(visitor(show, { mobile = "13990897051" }).code, "TEST2027-V00002")
  expect.equal(visitor(other).code, "OTHER2027-V00001")
end)

test("the same mobile phone registers once in a show", function()
  local show = fixtures.show()
  visitor(show)
  expect.error(function()
    visitor(show, { name = "邓小芳", mobile = "+86 180-8803-1859" })
  end, "展会、手机相同")
  expect.equal(visitor(show, { mobile = "13990897051" }).code, "TEST2027-V00002")
end)

test("without a show, a visitor comes to the only current one", function()
  local show = fixtures.show()
  expect.equal(visitor(nil):id_of("show"), show.id)
  fixtures.show("OTHER2027")
  expect.error(function()
    visitor(nil, { mobile = "13990897051" })
  end)
end)

test("a visitor comes during the show and can be reached", function()
  local show = fixtures.show()
  expect.truthy(visitor(show, { visits_on = crm.date.date(2027, 4, 18) }))
  expect.error(function()
    visitor(show, { mobile = "13990897051", visits_on = crm.date.date(2027, 4, 19) })
  end, "到场日期须在展会开幕与闭幕之间")
  expect.error(function()
    crm.create("visitor", { show = show, name = "无联系方式" })
  end, "手机和邮箱至少填写一项")
end)

test("a closed show registers nobody", function()
  local show = fixtures.show()
  crm.update(show, { status = "closed" })
  expect.error(function()
    visitor(show)
  end, "已闭幕，不能再登记观众")
end)

test("interests are written in one way", function()
  local show = fixtures.show()
  expect.equal(visitor(show, { interests = "冷链物流， 种子种苗;冷链物流/五金工具" }).interests, "冷链物流、种子种苗、五金工具")
end)

test("a badge is checked in once", function()
  local show = fixtures.show()
  local badge = visitor(show, { companions = 2 }).code
  local said = check_in({ badge = " " .. badge:lower() .. " " })
  expect.truthy(said:find("已签到：TEST2027-V00001 邓芳", 1, true))
  expect.truthy(said:find("陪同 2 人", 1, true))
  -- it is November, and the show opens in April
  expect.truthy(said:find("2027-04-15 才开幕", 1, true))
  local found = crm.find("visitor", "status = 'checked_in'")
  expect.equal(#found, 1)
  expect.truthy(found[1].checked_in_at)
  expect.truthy(check_in({ badge = badge }):find("此前已签到", 1, true))
  expect.error(function()
    crm.update("visitor/" .. found[1].id, { status = "registered" })
  end, "请先清空签到时间")
  crm.update("visitor/" .. found[1].id, { status = "registered", checked_in_at = "" })
end)

test("a badge that is unknown, cancelled or of an earlier show does not open the door", function()
  local show = fixtures.show()
  local here = visitor(show)
  expect.error(function()
    check_in({ badge = "TEST2027-V99999" })
  end, "没有证件号为「TEST2027-V99999」的观众")
  expect.error(function()
    check_in({})
  end, "请给出证件号")
  crm.update(here, { status = "cancelled" })
  expect.error(function()
    check_in({ badge = here.code })
  end, "登记已取消")
  local past = crm.create("show", {
    code = "PAST2026", name = "往届", status = "open",
    starts_on = crm.date.date(2026, 11, 17), ends_on = crm.date.date(2026, 11, 20),
  })
  local late = visitor(past)
  expect.error(function()
    check_in({ badge = late.code })
  end, "已于 2026-11-20 闭幕")
end)

test("a visitor who has come is not deleted", function()
  local show = fixtures.show()
  local here = visitor(show)
  crm.update("show/" .. show.id, { status = "open" })
  check_in({ badge = here.code })
  expect.error(function() crm.delete(crm.get("visitor", here.id)) end, "已经到场，不能删除")
end)
