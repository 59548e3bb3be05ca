local fixtures = require "tests.support.fixtures"
local trace = require "lib.trace"

local function by_code(list)
  local result = {}
  for _, entry in ipairs(list) do
    result[entry.code] = entry
  end
  return result
end

test("a batch is followed through all levels, in circles too", function()
  local world = fixtures.world()
  local graph = trace.batch(world.batch)
  local hospitals, distributors = by_code(graph.hospitals), by_code(graph.distributors)
  -- H1: 25 from D2 and 5 from D4
  expect.equal(hospitals.H1.received, 30)
  expect.equal(hospitals.H2.received, 15)
  expect.equal(hospitals.H3.received, 20)
  -- D1: 100 - 60 - 20; D2: 60 + 10 - 30 - 25; D3: 30 - 10 - 15; D4: 0 - 5
  expect.equal(distributors.D1.balance, 20)
  expect.equal(distributors.D2.balance, 15)
  expect.equal(distributors.D3.balance, 5)
  expect.equal(distributors.D4.balance, -5)
  expect.equal(distributors.D4.shortage, 5)
  expect.equal(distributors.D4.remaining, 0)
end)

test("step and path show the shortest way of the goods", function()
  local graph = trace.batch(fixtures.world().batch)
  local hospitals, distributors = by_code(graph.hospitals), by_code(graph.distributors)
  expect.equal(distributors.D1.depth, 1)
  expect.equal(distributors.D3.depth, 3)
  expect.equal(hospitals.H2.depth, 4)
  expect.equal(hospitals.H2.path, "D1 → D2 → D3 → H2")
  expect.equal(hospitals.H3.path, "D1 → H3")
  -- D4 has goods without a source, so it is one itself
  expect.equal(hospitals.H1.path, "D4 → H1")
end)

test("the totals reconcile", function()
  local totals = trace.batch(fixtures.world().batch).totals
  expect.equal(totals.factory, 100)
  -- 30 + 15 + 20
  expect.equal(totals.hospitals, 65)
  -- 20 + 15 + 5
  expect.equal(totals.remaining, 40)
  expect.equal(totals.shortage, 5)
  -- 65 + 40 - 5 = 100
  expect.equal(totals.hospitals + totals.remaining - totals.shortage, totals.factory)
  expect.equal(totals.in_circulation, 105)
end)

test("distributors that only pass goods in a circle are on the list", function()
  local world = fixtures.world()
  local d5, d6 = fixtures.distributor("D5"), fixtures.distributor("D6")
  fixtures.flow(world.batch, d5, "D6", 10)
  fixtures.flow(world.batch, d6, "D5", 10)
  fixtures.flow(world.batch, d5, "D5", 3)
  local found = by_code(trace.batch(world.batch).distributors)
  expect.equal(found.D5.balance, 0)
  expect.equal(found.D5.received, 13)
  expect.equal(found.D5.depth, 1)
  expect.equal(found.D6.path, "D5 → D6")
end)

test("other batches are left alone", function()
  local world = fixtures.world()
  local other = fixtures.batch("B2")
  fixtures.flow(other, world.D1, "H1", 50)
  expect.equal(trace.batch(world.batch).totals.hospitals, 65)
  expect.equal(trace.batch(other).totals.hospitals, 50)
end)

test("the command lists whom to call", function()
  fixtures.world()
  local result = require("commands.recall").run({ batch = "B1" })
  expect.equal(#result.rows, 7)
  local rows = by_code(result.rows)
  expect.equal(result.rows[1].code, "H1")
  expect.equal(rows.H1.kind, "医院")
  expect.equal(rows.H1.level, "三甲")
  expect.equal(rows.H1.city, "武汉")
  expect.equal(rows.H1.remaining, 30)
  expect.equal(rows.D2.kind, "商业公司")
  expect.equal(rows.D2.level, "二级")
  expect.equal(rows.D2.shipped, 55)
  expect.equal(rows.D2.remaining, 15)
  expect.truthy(result.text:find("应通知医院 3 家、商业公司 4 家", 1, true))
  expect.truthy(result.text:find("流入医院 65 + 商业结存 40 − 缺上游 5 = 厂家发货 100；应召回 105", 1, true))
end)

test("the command says what is wrong with the batch number", function()
  fixtures.batch("B9")
  local recall = require "commands.recall"
  expect.error(function()
    recall.run({})
  end, "请给出批号")
  expect.error(function()
    recall.run({ batch = "B8" })
  end, "没有批号为「B8」的批次")
  expect.truthy(recall.run({ batch = "B9" }).text:find("该批次没有流向记录", 1, true))
end)

test("suppliers come by quantity, receipts with their last day", function()
  local world = fixtures.world()
  fixtures.flow(world.batch, world.D4, "H1", 50, { flow_on = fixtures.day("2026-11-20") })
  local suppliers = trace.suppliers(world.batch.id, world.H1.id)
  -- 5 and 50 from D4, 25 from D2
  expect.equal(suppliers[1].distributor.code, "D4")
  expect.equal(suppliers[1].quantity, 55)
  expect.equal(tostring(suppliers[1].first), "2026-10-07")
  expect.equal(tostring(by_code(trace.batch(world.batch).hospitals).H1.last), "2026-11-20")
end)

test("a hospital's goods are traced back to its suppliers", function()
  fixtures.world()
  local trace_back = require "commands.trace_back"
  local rows = trace_back.run({ batch = "B1", hospital = "H1" }).rows
  expect.equal(#rows, 2)
  expect.equal(rows[1].code, "D2")
  expect.equal(rows[1].quantity, 25)
  expect.equal(rows[1].path, "D1 → D2 → H1")
  expect.equal(rows[2].code, "D4")
  expect.equal(rows[2].quantity, 5)
  fixtures.hospital("H4")
  expect.truthy(trace_back.run({ batch = "B1", hospital = "H4" }):find("没有批号 B1 的到货记录", 1, true))
end)
