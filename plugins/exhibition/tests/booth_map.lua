local fixtures = require "tests.support.fixtures"

local function data(hall)
  return require("print.booth_map.data").data(hall)
end

test("the drawing shows each booth at its place, with its state and its exhibitor", function()
  local world = fixtures.world()
  crm.update("hall/" .. world.n1.id, { width = "20", depth = "12", name = "北一馆" })
  crm.update("booth/" .. world.plain.id, { position_x = "3", position_y = "4.5" })
  crm.update("booth/" .. world.corner.id, { position_x = "6", position_y = "4.5" })
  fixtures.participation(world, world.seeds, world.plain, { status = "contracted" })
  fixtures.participation(world, world.tools, fixtures.booth(world.n1, "N1-A03"), { status = "reserved" })
  local shown = data(crm.get("hall", world.n1.id))
  expect.equal(shown.booth_count, 3)
  expect.equal(shown.sold_count, 1)
  expect.equal(shown.free_count, 1)
  expect.equal(shown.booth_area, "27")
  expect.equal(shown.sold_area, "9")
  -- twenty units for a metre, fifty to the left and a hundred and thirty above
  local first, second = shown.drawn[1], shown.drawn[2]
  expect.equal(first.x, "110")
  expect.equal(first.y, "220")
  expect.equal(first.width, "60")
  expect.equal(first.name, "武汉达川农业有限公司")
  expect.equal(first.lines[1].text, "武汉达川农业")
  expect.equal(second.x, "170")
  expect.equal(second.name, "")
  expect.equal(second.lines, "")
  expect.truthy(first.fill ~= second.fill)
  expect.equal(shown.hall_width, "400")
  -- at 0 and 10 and 20 metres, and at 0 and 10 metres
  expect.equal(#shown.across, 3)
  expect.equal(#shown.down, 2)
  expect.equal(shown.legend[1].label, "空闲")
  expect.equal(shown.legend[1].count, 1)
  expect.equal(shown.legend[4].count, 1)
end)

test("the heading of a long name fits the width of the drawing", function()
  local world = fixtures.world()
  expect.equal(data(world.n1).heading_size, "24")
  -- 80 letters of the name and 22 more; the dot is as wide as a Chinese sign
  crm.update(world.show, { name_en = string.rep("a", 80) })
  local shown = data(crm.get("hall", world.n1.id))
  local drawn_width = (80 + 22) * 0.56 + 1
  expect.truthy(tonumber(shown.heading_size_en) * drawn_width < tonumber(shown.view_width) - 2 * 50)
  expect.truthy(tonumber(shown.heading_size_en) >= 9)
end)

test("a hall without booths is not drawn", function()
  local hall = fixtures.hall(fixtures.show(), "W1")
  expect.error(function()
    data(hall)
  end, "展厅 W1 还没有展位")
end)

test("names are broken where the booth ends", function()
  local lines = require("lib.text_width").lines
  expect.equal(table.concat(lines("武汉达川农业", 3, 3), "/"), "武汉达/川农业")
  expect.equal(table.concat(lines("武汉达川农业", 3, 1), "/"), "武汉…")
  -- a Latin letter takes a little over half
  expect.equal(table.concat(lines("ABCDEF", 2, 3), "/"), "ABC/DEF")
  expect.equal(#lines("武汉", 0.5, 3), 0)
end)
