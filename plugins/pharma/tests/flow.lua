local fixtures = require "tests.support.fixtures"

local function world()
  return { batch = fixtures.batch("B1"), hospital = fixtures.hospital("H1"), distributor = fixtures.distributor("D1") }
end

test("the receiver is found by its code, a hospital or a distributor", function()
  local given = world()
  local other = fixtures.distributor("D2")
  local sale = fixtures.flow(given.batch, given.distributor, "H1", 20)
  expect.equal(sale.kind, "sale")
  expect.equal(sale:id_of("receiver_hospital"), given.hospital.id)
  expect.equal(sale:id_of("receiver_distributor"), nil)
  local transfer = fixtures.flow(given.batch, given.distributor, "D2", 20)
  expect.equal(transfer.kind, "transfer")
  expect.equal(transfer:id_of("receiver_distributor"), other.id)
  expect.equal(transfer:id_of("receiver_hospital"), nil)
end)

test("a receiver may be given as a record, and may change", function()
  local given = world()
  local flow = fixtures.flow(given.batch, given.distributor, nil, 20, { receiver_hospital = given.hospital })
  expect.equal(flow.receiver_code, "H1")
  expect.equal(flow.kind, "sale")
  fixtures.distributor("D2")
  flow = crm.update(flow, { receiver_code = "D2" })
  expect.equal(flow.kind, "transfer")
  expect.equal(flow:id_of("receiver_hospital"), nil)
end)

test("flows are numbered within the month of their date", function()
  local given = world()
  local function code(day)
    return fixtures.flow(given.batch, given.distributor, "H1", 5, { flow_on = fixtures.day(day) }).code
  end
  expect.equal(code("2026-09-30"), "LX202609-000001")
  expect.equal(code("2026-10-01"), "LX202610-000001")
  expect.equal(code("2026-10-31"), "LX202610-000002")
  expect.equal(code("2026-09-01"), "LX202609-000002")
end)

test("a refused flow leaves no gap in the numbers", function()
  local given = world()
  fixtures.flow(given.batch, given.distributor, "H1", 5)
  expect.error(function()
    fixtures.flow(given.batch, given.distributor, "H9", 5)
  end, "收货方「H9」既不是医院编码，也不是商业公司编码")
  expect.equal(fixtures.flow(given.batch, given.distributor, "H1", 5).code, "LX202610-000002")
end)

test("a document is entered once", function()
  local given = world()
  fixtures.flow(given.batch, given.distributor, "H1", 5, { doc_no = "F000000" })
  expect.error(function()
    fixtures.flow(given.batch, given.distributor, "H1", 5, { doc_no = "F000000" })
  end, "单号")
end)

test("everything wrong with a flow is said at once", function()
  local given = world()
  local ok, problem = pcall(crm.create, "flow", {
    doc_no = "X1", batch = given.batch, quantity = 0, flow_on = fixtures.day("2026-01-04"),
  })
  expect.equal(ok, false)
  local text = tostring(problem)
  for _, part in ipairs({ "数量", "请填写发货方", "请填写收货方", "不能早于该批的生产日期" }) do
    expect.truthy(text:find(part, 1, true), part)
  end
end)

test("flows lie between production, expiry and today", function()
  local given = world()
  local old = fixtures.batch("B0", { made_on = fixtures.day("2024-01-05"), expires_on = fixtures.day("2026-01-04") })
  expect.error(function()
    fixtures.flow(old, given.distributor, "H1", 5, { flow_on = fixtures.day("2026-01-05") })
  end, "过期药品不得销售")
  expect.error(function()
    fixtures.flow(given.batch, given.distributor, "H1", 5, { flow_on = fixtures.day("2026-11-22") })
  end, "流向日期不能晚于今天")
end)

test("only deliveries of the manufacturer have no shipper", function()
  local given = world()
  expect.equal(fixtures.flow(given.batch, nil, "D1", 500).kind, "factory")
  expect.error(function()
    fixtures.flow(given.batch, given.distributor, "D1", 5, { kind = "factory" })
  end, "厂家发货的发货方须留空")
end)

test("flows by month add up each kind", function()
  fixtures.world()
  local world_of_july = crm.find("batch", "code = 'B1'")[1]
  fixtures.flow(world_of_july, crm.find("distributor", "code = 'D1'")[1], "H1", 7, {
    flow_on = fixtures.day("2026-07-31"),
  })
  local report = require "reports.flow_by_month"
  local rows = report.run({}).rows
  expect.equal(#rows, 2)
  expect.equal(rows[1].month, "2026-07")
  expect.equal(rows[1].sale, 7)
  -- 60 + 30 + 10 between distributors; 20 + 25 + 15 + 5 to hospitals
  expect.equal(rows[2].factory, 100)
  expect.equal(rows[2].transfer, 100)
  expect.equal(rows[2].sale, 65)
  expect.equal(rows[2].flows, 8)
  expect.equal(#report.run({ from = "2026-08" }).rows, 1)
  expect.equal(#report.run({ to = "202607", drug = "布洛芬" }).rows, 1)
  crm.create("drug", { name = "六味地黄丸" })
  expect.equal(#report.run({ drug = "六味地黄丸" }).rows, 0)
  expect.error(function()
    report.run({ from = "2026-13" })
  end, "「2026-13」不是月份")
  expect.error(function()
    report.run({ to = "2026-00" })
  end, "「2026-00」不是月份")
end)

test("a code belongs to a hospital or to a distributor, not to both", function()
  world()
  expect.error(function()
    fixtures.distributor("H1")
  end, "编码「H1」已是医院「武汉市第H1医院」的编码")
  expect.error(function()
    fixtures.hospital("D1")
  end, "编码「D1」已是商业公司「D1医药有限公司」的编码")
end)

test("receivers are known by the codes they have now", function()
  local given = world()
  fixtures.flow(given.batch, given.distributor, "H1", 5)
  crm.update(given.hospital, { code = "H8" })
  local new = fixtures.hospital("H1", { name = "新设医院" })
  expect.equal(fixtures.flow(given.batch, given.distributor, "H1", 5):id_of("receiver_hospital"), new.id)
  expect.equal(fixtures.flow(given.batch, given.distributor, "H8", 5):id_of("receiver_hospital"), given.hospital.id)
end)

test("a receiver that is right is not blamed for other mistakes", function()
  local given = world()
  local ok, problem = pcall(fixtures.flow, given.batch, given.distributor, "H1", "五盒")
  expect.equal(ok, false)
  expect.truthy(tostring(problem):find("数量", 1, true))
  expect.equal(tostring(problem):find("收货方", 1, true), nil)
end)
