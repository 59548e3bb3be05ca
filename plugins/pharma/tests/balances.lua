local fixtures = require "tests.support.fixtures"

local function run(params)
  return require("reports.negative_balances").run(params or {})
end

test("negative balances are listed by batch and holder", function()
  local world = fixtures.world()
  local other = fixtures.batch("B0")
  fixtures.flow(other, world.D1, "H1", 50)
  fixtures.flow(other, world.D1, "D2", 10)
  fixtures.flow(other, world.D2, "H1", 40)
  local rows = run().rows
  -- B0: D1 has 0 - 60, D2 10 - 40; B1: D4 has 0 - 5
  expect.equal(#rows, 3)
  expect.equal(rows[1].batch .. rows[1].code, "B0D1")
  expect.equal(rows[1].balance, -60)
  expect.equal(rows[1].cause, "厂家发货未登记")
  expect.equal(rows[2].batch .. rows[2].code, "B0D2")
  expect.equal(rows[2].balance, -30)
  expect.equal(rows[2].cause, "来源不明，请核查上游流向")
  expect.equal(rows[3].batch .. rows[3].code, "B1D4")
  expect.equal(rows[3].balance, -5)
  expect.equal(#run({ batch = "B1" }).rows, 1)
  expect.equal(#run({ level = "一级" }).rows, 1)
  expect.equal(#run({ level = "second" }).rows, 2)
  expect.error(function()
    run({ level = "四级" })
  end, "「四级」不是商业级别")
end)

-- A small market with many holders, from a generator that always gives the same numbers.
local function market()
  local batches, distributors, seed = {}, {}, 7
  local function next_number(below)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % below
  end
  for index = 1, 4 do
    batches[index] = fixtures.batch("B" .. index)
  end
  for index = 1, 12 do
    distributors[index] = fixtures.distributor(string.format("D%02d", index))
  end
  fixtures.hospital("H1")
  for _ = 1, 300 do
    local receiver = next_number(10) < 5 and "H1" or string.format("D%02d", next_number(12) + 1)
    fixtures.flow(batches[next_number(4) + 1], distributors[next_number(12) + 1], receiver, next_number(20) + 1)
  end
end

test("the report agrees with counting flow by flow", function()
  market()
  local balance = {}
  local function add(flow, holder, quantity)
    if holder then
      local key = flow.batch.code .. "/" .. holder.code
      balance[key] = (balance[key] or 0) + quantity
    end
  end
  for flow in crm.each("flow") do
    add(flow, flow.shipper, -flow.quantity)
    add(flow, flow.receiver_distributor, flow.quantity)
  end
  local negative, holders = 0, 0
  for _, value in pairs(balance) do
    holders = holders + 1
    negative = negative + (value < 0 and 1 or 0)
  end
  local rows = run().rows
  -- 4 batches with 12 holders each
  expect.equal(holders, 48)
  expect.truthy(negative > 10)
  expect.equal(#rows, negative)
  for _, row in ipairs(rows) do
    expect.equal(row.balance, balance[row.batch .. "/" .. row.code])
  end
end)

test("the batch ledger agrees with itself and with the recall list", function()
  market()
  local trace = require "lib.trace"
  for _, row in ipairs(require("reports.batch_ledger").run({}).rows) do
    local totals = trace.batch(crm.find("batch", "code = ?", { params = { row.batch } })[1]).totals
    expect.equal(row.difference, 0)
    expect.equal(row.hospitals, totals.hospitals)
    expect.equal(row.remaining, totals.remaining)
    expect.equal(row.shortage, totals.shortage)
  end
end)

test("the batch ledger says what has not left the manufacturer", function()
  fixtures.world()
  local row = require("reports.batch_ledger").run({ drug = "布洛芬" }).rows[1]
  expect.equal(row.factory, 100)
  expect.equal(row.shortage, 5)
  expect.equal(row.hospitals, 65)
  expect.equal(row.remaining, 40)
  -- 1000 - 100 - 5
  expect.equal(row.undistributed, 895)
end)

test("the hospitals that bring the first 80 percent are key hospitals", function()
  fixtures.world()
  local rows = require("reports.hospital_pareto").run({}).rows
  -- 30 of 65, 20, 15: the third begins at 76.92 %
  expect.equal(rows[1].code, "H1")
  expect.equal(tostring(rows[1].share), "46.15")
  expect.equal(tostring(rows[2].cumulated), "76.92")
  expect.equal(rows[3].key, "重点（前 80%）")
  expect.equal(#require("reports.hospital_pareto").run({ month = "2026-09" }).rows, 0)
end)

test("reports say when no drug has the name, or months are the wrong way round", function()
  fixtures.world()
  local function no(report, params, message)
    expect.error(function() require("reports." .. report).run(params) end, message)
  end
  no("batch_ledger", { drug = "没有的药" }, "没有名称含「没有的药」的药品")
  no("flow_by_month", { drug = "没有的药" }, "没有名称含「没有的药」的药品")
  no("flow_by_month", { from = "2026-05", to = "2026-01" }, "起始月份 2026-05 晚于截止月份 2026-01")
  no("gsp_expiry", { days = -1 }, "提前天数须为 0 或以上，不能是 -1")
end)
