local fixtures = require "tests.support.fixtures"

test("a booth takes the show of its hall and its area from its sides", function()
  local world = fixtures.world()
  local booth = fixtures.booth(world.n1, "N1-B01", { width = "6", depth = "4.5" })
  expect.equal(booth:id_of("show"), world.show.id)
  expect.equal(tostring(booth.area), "27.00")
end)

test("a booth stands in a hall of its own show", function()
  local world = fixtures.world()
  local other = fixtures.show("OTHER2027")
  expect.error(function()
    crm.create("booth", {
      show = other,
      hall = world.n1,
      number = "N1-B01",
      width = crm.decimal(3),
      depth = crm.decimal(3),
    })
  end, "展厅 N1 不属于展会")
end)

test("a booth number is given once in a show", function()
  local world = fixtures.world()
  expect.error(function()
    fixtures.booth(world.e1, "N1-A01")
  end)
end)

test("a raw space has at least 36 square metres", function()
  local world = fixtures.world()
  expect.error(function()
    fixtures.booth(world.e1, "E1-B01", { type = "raw_space", width = "5", depth = "7" })
  end, "36")
end)

test("a booth cannot become smaller than what was sold of it", function()
  local world = fixtures.world()
  fixtures.participation(world, world.seeds, world.plain)
  expect.error(function()
    crm.update(world.plain, { depth = crm.decimal(2) })
  end, "已按 9.00 ㎡ 售出")
  crm.update(world.corner, { depth = crm.decimal(2) })
end)

test("the map shows what is sold, reserved and free", function()
  local world = fixtures.world()
  fixtures.participation(world, world.seeds, world.plain)
  fixtures.participation(world, world.tools, world.raw, { status = "reserved" })
  local map = require("commands.booth_map").run({ show = "" })
  expect.truthy(map:find("展厅 N1：已售 1 / 2", 1, true))
  expect.truthy(map:find("A  ■01 □02", 1, true))
  expect.truthy(map:find("展厅 E1：已售 0 / 1", 1, true))
  expect.truthy(map:find("A  ▣01", 1, true))
end)

test("a customer is given the smallest free booth that suits", function()
  local world = fixtures.world()
  local customer = fixtures.customer("丙公司", "13900000003", { intended_area = crm.decimal("9.00") })
  local run = require("commands.assign_booth").run
  local said = run({ customer = customer.code, show = world.show.code })
  expect.truthy(said:find("EX-2026-00001", 1, true))
  expect.truthy(said:find("N1-A01", 1, true))
  expect.truthy(said:find("13,320.00", 1, true))
  expect.error(function()
    run({ customer = world.seeds.code, show = "" })
  end, "没有填写意向面积")
  expect.error(function()
    run({ customer = "C2026-999999", show = "" })
  end, "没有编号为")
end)
