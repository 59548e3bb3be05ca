local fixtures = require "tests.support.fixtures"

local function visitor(show, index, more)
  local values = { show = show, name = "观众" .. index, mobile = "1380000000" .. index }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("visitor", values)
end

local function names(show, more)
  local values = { show = show }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  local batch = crm.create("badge_batch", values)
  local found = {}
  for index, badge in ipairs(require("print.badge_sheet.data").data(batch).visitors) do
    found[index] = badge.name
  end
  return table.concat(found, " ")
end

test("a batch takes the badges in their order, from where the last one ended", function()
  local show = fixtures.show()
  for index = 1, 5 do
    visitor(show, index)
  end
  expect.equal(names(show), "观众1 观众2 观众3 观众4 观众5")
  expect.equal(names(show, { size = 2 }), "观众1 观众2")
  expect.equal(names(show, { size = 2, skip = 2 }), "观众3 观众4")
end)

test("a batch is for a kind and a day, and for nobody who cancelled", function()
  local show = fixtures.show()
  local first, second = crm.date.date(2027, 4, 15), crm.date.date(2027, 4, 16)
  visitor(show, 1, { kind = "press", visits_on = first })
  visitor(show, 2, { kind = "press", visits_on = second })
  visitor(show, 3, { kind = "buyer", visits_on = first })
  local gone = visitor(show, 4, { kind = "press", visits_on = first })
  crm.update(gone, { status = "cancelled" })
  expect.equal(names(show, { kind = "press" }), "观众1 观众2")
  expect.equal(names(show, { kind = "press", visits_on = first }), "观众1")
  expect.equal(names(show, { visits_on = first }), "观众1 观众3")
  expect.error(function()
    names(show, { kind = "vip" })
  end, "没有符合条件的观众")
end)

test("more badges than fit a page of the search are found", function()
  local show = fixtures.show()
  for index = 1, 205 do
    crm.create("visitor", { show = show, name = "观众" .. index, email = "v" .. index .. "@example.com" })
  end
  expect.equal(names(show, { skip = 199, size = 3 }), "观众200 观众201 观众202")
end)

test("a badge shows who it is and of which kind", function()
  local show = fixtures.show()
  local press = visitor(show, 1, { kind = "press", company = "农民日报" })
  local shown = require("print.visitor_badge.data").data(press)
  expect.equal(shown.company, "农民日报")
  expect.equal(shown.job_title, "")
  expect.equal(shown.show_title, "测试博览会")
  expect.equal(shown.show_title_en, "Test Expo")
  expect.truthy(shown.colour ~= require("lib.badges").colour("trade"))
end)

test("a batch has at most five hundred badges", function()
  local show = fixtures.show()
  expect.error(function()
    crm.create("badge_batch", { show = show, size = 501 })
  end)
end)
