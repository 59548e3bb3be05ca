local fixtures = require "tests.support.fixtures"

-- The whole story with one batch of 1,000: first contact, visits, an event, a qualified distributor and its order, the
-- flows to three hospitals, a complaint, the recall and the reports. Every figure is worked out beside it.

local story = {}

local function day(text)
  return fixtures.day(text)
end

function story.first_contact()
  story.rep = fixtures.representative("MR01", { name = "周敏" })
  story.hospital = fixtures.hospital("H0131", { name = "武汉协和医院", rep = story.rep })
  story.doctor = fixtures.doctor(story.hospital, "DR00001", { name = "杨楠", mobile = "17583894800" })
  -- 主任医师 3 + 三甲 3 = 6 points
  expect.equal(story.doctor.grade, "A")
  local visit = crm.create("visit_record", {
    rep = story.rep, doctor = story.doctor, visited_on = day("2026-09-01"), content = "首次拜访",
  })
  -- grade A: seven days
  expect.equal(tostring(visit.next_visit_on), "2026-09-08")
end

function story.plan()
  local text = require("commands.plan_visits").run({ rep = "MR01", month = "2026-09", doctors = 40 })
  -- one doctor of grade A: 30 / 7 = 4 visits
  expect.truthy(text:find("医生 1 人，计划拜访 4 次", 1, true), text)
  for _, visited_on in ipairs({ "2026-09-08", "2026-09-15" }) do
    crm.create("visit_record", {
      rep = story.rep, doctor = story.doctor, visited_on = day(visited_on), content = "介绍临床资料",
    })
  end
  local row = require("reports.visit_completion").run({ month = "2026-09" }).rows[1]
  -- three visits of four, the first one from before the plan
  expect.equal(row.made, 3)
  expect.equal(tostring(row.completion), "75.00")
end

function story.order()
  story.batch = fixtures.batch("B260105001")
  story.drug = story.batch.drug
  story.distributor = fixtures.distributor("D001", { name = "湖北华中医药有限公司", gsp_until = day("2026-09-30") })
  local values = {
    customer = story.distributor:id_of("customer"), ordered_on = day("2026-09-20"),
    lines = { { product = story.drug.product, quantity = crm.decimal("300"), unit_price = crm.decimal("18.60") } },
  }
  -- from 20 to 30 September: 10 days
  expect.error(function()
    crm.create("sales_order", values)
  end, "将于 2026-09-30 到期，距 2026-09-20 只有 10 天")
  crm.update(story.distributor, { gsp_number = "GSP-50001", gsp_until = day("2031-09-30") })
  local order = crm.create("sales_order", values)
  order = crm.update("sales_order/" .. order.id, { status = "confirmed" })
  -- 300 × 18.60 = 5,580.00 and 13 % = 725.40
  expect.equal(tostring(order.total), "6305.40")
  expect.equal(crm.get("sales_order_line", order.lines[1].id).description:find("布洛芬缓释胶囊", 1, true), 1)
end

function story.event()
  local event = crm.create("academic_event", {
    name = "骨科用药研讨会", kind = "expert_seminar", drug = story.drug, hospital = story.hospital,
    organiser = story.rep, held_on = day("2026-10-10"), budget = crm.decimal("8000.00"),
  })
  story.event_id = crm.update(event, { status = "approved" }).id
end

function story.flows()
  fixtures.distributor("D002", { level = "second", name = "武汉江汉医药有限公司" })
  fixtures.hospital("H0200", { level = "2a", rep = story.rep })
  fixtures.hospital("H0300", { level = "2b" })
  local second = crm.find("distributor", "code = 'D002'")[1]
  local function flow(shipper, receiver, quantity, flow_on)
    return fixtures.flow(story.batch, shipper, receiver, quantity, { flow_on = day(flow_on) })
  end
  expect.equal(flow(nil, "D001", 300, "2026-09-22").code, "LX202609-000001")
  flow(story.distributor, "H0131", 40, "2026-09-25")
  expect.equal(flow(story.distributor, "D002", 120, "2026-10-02").code, "LX202610-000001")
  flow(second, "H0200", 70, "2026-10-20")
  flow(story.distributor, "H0131", 60, "2026-10-25")
  flow(second, "H0300", 30, "2026-11-05")
end

function story.effect()
  local event = crm.update("academic_event/" .. story.event_id, {
    status = "held", cost = crm.decimal("7200.00"), attended = 36,
  })
  -- H0131: 40 in the thirty days before 10 October, 60 in those after
  expect.equal(tostring(event.growth), "50.00")
  -- 7,200 / 36
  expect.equal(tostring(event.cost_per_head), "200.00")
end

function story.complaint()
  local complaint = crm.create("complaint", {
    batch = story.batch, hospital = crm.find("hospital", "code = 'H0200'")[1], kind = "contamination",
    description = "胶囊内有黑色异物",
  })
  expect.equal(complaint.suppliers, "D002")
  local back = require("commands.trace_back").run({ batch = "B260105001", hospital = "H0200" })
  expect.equal(back.rows[1].path, "D001 → D002 → H0200")
  complaint = crm.update(complaint, { status = "tracing", defect_class = "class_1" })
  expect.equal(complaint.trace_hospitals, 3)
  crm.update(complaint, { status = "recalled" })
  story.recall_id = crm.find("drug_recall")[1].id
end

function story.recall()
  local list = require("commands.recall").run({ batch = "B260105001" })
  local expected = {
    -- code, received, shipped on, to recover
    { "H0131", 100, 0, 100 }, { "H0200", 70, 0, 70 }, { "H0300", 30, 0, 30 },
    -- 300 - 100 - 120 and 120 - 70 - 30
    { "D001", 300, 220, 80 }, { "D002", 120, 100, 20 },
  }
  expect.equal(#list.rows, #expected)
  for index, row in ipairs(list.rows) do
    expect.equal(row.code, expected[index][1])
    expect.equal(row.received, expected[index][2])
    expect.equal(row.shipped, expected[index][3])
    expect.equal(row.remaining, expected[index][4])
  end
  -- 200 in hospitals and 100 with distributors are the 300 that the manufacturer delivered
  expect.truthy(list.text:find("流入医院 200 + 商业结存 100 − 缺上游 0 = 厂家发货 300；应召回 300", 1, true), list.text)

  local recall = crm.update("drug_recall/" .. story.recall_id, { status = "notified", responsible = story.rep })
  local notice = require("print.recall_notice.data").data(recall)
  expect.equal(notice.total, 300)
  expect.equal(notice.responsible_name, "周敏")
  recall = crm.update(recall, { status = "returning", recovered = 285 })
  -- 285 of 300
  expect.equal(tostring(recall.recovery_rate), "95.00")
  expect.equal(crm.update(recall, { status = "closed" }).status, "closed")
  expect.equal(crm.get("batch", story.batch.id).status, "recalled")
end

function story.reports()
  expect.equal(#require("reports.negative_balances").run({}).rows, 0)
  local ledger = require("reports.batch_ledger").run({}).rows[1]
  -- 1,000 made, 300 delivered
  expect.equal(ledger.undistributed, 700)
  expect.equal(ledger.difference, 0)
  local months = require("reports.flow_by_month").run({}).rows
  expect.equal(#months, 3)
  -- October: 70 and 60 to hospitals, 120 between distributors
  expect.equal(months[2].sale, 130)
  expect.equal(months[2].transfer, 120)
  local rep = require("reports.rep_performance").run({ month = "2026-10" }).rows[1]
  -- H0131 and H0200 are in charge of MR01, H0300 of nobody
  expect.equal(rep.sold, 130)
  expect.equal(rep.hospitals, 2)
  local pareto = require("reports.hospital_pareto").run({}).rows
  -- 100, 70 and 30 of 200
  expect.equal(tostring(pareto[2].cumulated), "85.00")
  expect.equal(pareto[3].key, "一般")
end

test("from the first visit to the report of the recall", function()
  story.first_contact()
  story.plan()
  story.order()
  story.event()
  story.flows()
  story.effect()
  story.complaint()
  story.recall()
  story.reports()
end)
