local fixtures = require "tests.support.fixtures"

local function run(show)
  return require("reports.hall_sales").run({ show = show })
end

test("area and amount are added up by hall and product class", function()
  local world = fixtures.world()
  local third = fixtures.booth(world.n1, "N1-A03")
  local seeds = fixtures.customer("丙种业有限公司", "13900000003", { exhibition_product_class = "seeds" })
  fixtures.participation(world, world.seeds, world.plain)
  fixtures.participation(world, seeds, world.corner, { status = "contracted" })
  fixtures.participation(world, world.tools, world.raw)
  fixtures.participation(world, world.tools, third, { status = "reserved" })

  local rows = run("TEST2027").rows
  expect.equal(#rows, 2)
  expect.equal(rows[1].hall, "E1")
  expect.equal(rows[1].product_class, "五金工具")
  expect.equal(rows[1].booths, 1)
  expect.equal(tostring(rows[1].area), "36.00")
  expect.equal(tostring(rows[1].amount), "43200.00")
  expect.equal(rows[2].hall, "N1")
  expect.equal(rows[2].product_class, "种子种苗")
  expect.equal(rows[2].booths, 2)
  expect.equal(tostring(rows[2].area), "18.00")
  -- 13320.00 for the inner booth and 14652.00 for the corner
  expect.equal(tostring(rows[2].amount), "27972.00")
end)

test("without a code the report is about the show that opens last", function()
  local world = fixtures.world()
  fixtures.participation(world, world.seeds, world.plain)
  local later = fixtures.show("LATER2028")
  crm.update(later, {
    starts_on = crm.date.date(2028, 4, 15),
    ends_on = crm.date.date(2028, 4, 18),
    move_in_on = crm.date.date(2028, 4, 13),
  })
  expect.equal(#run("").rows, 0)
  expect.equal(#run("TEST2027").rows, 1)
end)

test("an unknown show is named", function()
  expect.error(function()
    run("NONE")
  end, "没有代码为「NONE」的展会")
end)

test("without any show it says that there is none yet", function()
  for show in crm.each("show") do
    crm.delete(show)
  end
  expect.error(function()
    require("lib.shows").find("")
  end, "还没有展会")
end)
