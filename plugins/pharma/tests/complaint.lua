local fixtures = require "tests.support.fixtures"

local function complaint(world, more)
  local values = {
    batch = world.batch, hospital = world.H1, kind = "contamination", description = "胶囊内有黑色异物",
  }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("complaint", values)
end

test("a complaint is traced back to who delivered the goods", function()
  local world = fixtures.world()
  local known = complaint(world)
  expect.equal(known.code, "TS2026-0001")
  expect.equal(known.is_delivered, true)
  -- 25 from D2, 5 from D4
  expect.equal(known.suppliers, "D2, D4")
  local stranger = complaint(world, { hospital = fixtures.hospital("H4") })
  expect.equal(stranger.is_delivered, false)
  expect.equal(stranger.suppliers, nil)
  expect.equal(complaint(world, { hospital = "", distributor = world.D4 }).is_delivered, true)
  -- H2 had its goods from D3
  expect.equal(crm.update(stranger, { hospital = world.H2 }).suppliers, "D3")
end)

test("tracing says how far the batch has gone", function()
  local world = fixtures.world()
  local traced = crm.update(complaint(world), { status = "tracing" })
  expect.equal(traced.trace_hospitals, 3)
  expect.equal(traced.trace_distributors, 4)
  expect.equal(traced.trace_quantity, 65)
  expect.equal(tostring(traced.traced_on), "2026-11-21")
end)

test("a complaint opens its recall once, and the batch is held", function()
  local world = fixtures.world()
  local found = complaint(world)
  found = crm.update(found, { status = "tracing", defect_class = "class_1" })
  found = crm.update(found, { status = "recalled" })
  expect.equal(crm.count("drug_recall"), 1)
  crm.update(found, { conclusion = "混入异物，已启动召回" })
  expect.equal(crm.count("drug_recall"), 1)

  local recall = crm.find("drug_recall")[1]
  expect.equal(recall.code, "ZH2026-0001")
  expect.equal(recall.reason, "胶囊内有黑色异物")
  -- class I: one day after 21 November
  expect.equal(tostring(recall.notify_by), "2026-11-22")
  expect.equal(recall.in_hospitals, 65)
  expect.equal(recall.with_distributors, 40)
  expect.equal(recall.to_recover, 105)
  expect.equal(crm.get("batch", world.batch.id).status, "on_hold")

  crm.update(recall, { status = "notified", responsible = fixtures.representative("MR01") })
  expect.equal(crm.get("batch", world.batch.id).status, "recalled")
end)

test("a batch that was recalled stays so when another recall is prepared", function()
  local world = fixtures.world()
  local values = {
    batch = world.batch, defect_class = "class_2", reason = "标签错误", responsible = fixtures.representative("MR01"),
  }
  local first = crm.create("drug_recall", values)
  crm.update(first, { status = "notified" })
  crm.update(first, { status = "returning", recovered = 1 })
  expect.error(function()
    crm.create("drug_recall", values)
  end, "批号 B1 的召回 ZH2026-0001 正在进行（回收中）")
  crm.update(first, { status = "closed" })
  -- 105 were in the market, and one came back
  expect.equal(crm.create("drug_recall", values).to_recover, 104)
  expect.equal(crm.get("batch", world.batch.id).status, "recalled")
end)

test("a complaint about a batch that is being recalled joins the recall", function()
  local world = fixtures.world()
  for _, status in ipairs({ "tracing", "recalled" }) do
    crm.update("complaint/" .. (crm.find("complaint")[1] or complaint(world)).id, {
      status = status, defect_class = "class_2",
    })
  end
  local second = crm.update(complaint(world), { status = "tracing", defect_class = "class_2" })
  expect.error(function()
    crm.update(second, { status = "recalled" })
  end, "请填写处理结论（并入 ZH2026-0001），把投诉直接结案")
  expect.equal(crm.count("drug_recall"), 1)
  expect.equal(crm.update(second, { status = "closed", conclusion = "并入 ZH2026-0001" }).status, "closed")
end)

test("the notice is traced anew when it goes out", function()
  local world = fixtures.world()
  local recall = crm.create("drug_recall", {
    batch = world.batch, defect_class = "class_3", reason = "标签错误", responsible = fixtures.representative("MR01"),
  })
  expect.equal(tostring(recall.notify_by), "2026-11-28")
  fixtures.flow(world.batch, world.D1, "H2", 20)
  recall = crm.update(recall, { status = "notified" })
  -- 20 more in hospitals, which D1 had in stock before
  expect.equal(recall.in_hospitals, 85)
  expect.equal(recall.with_distributors, 20)
  expect.equal(recall.to_recover, 105)
end)

test("the recovery rate follows what came back", function()
  local world = fixtures.world()
  local recall = crm.create("drug_recall", { batch = world.batch, defect_class = "class_2", reason = "含量不合格" })
  recall = crm.update(recall, { recovered = 84 })
  -- 84 of 105
  expect.equal(tostring(recall.recovery_rate), "80.00")
  expect.error(function()
    crm.update("drug_recall/" .. recall.id, { recovered = 106 })
  end, "已召回数量不能超过应召回数量")
end)

test("a complaint says who complains, of what and when", function()
  local world = fixtures.world()
  expect.error(function()
    crm.create("complaint", { batch = world.batch, kind = "other", description = "包装破损" })
  end, "请填写投诉医院、投诉商业公司或投诉人")
  expect.error(function()
    complaint(world, { received_on = fixtures.day("2026-11-22") })
  end, "受理日期不能晚于今天")
  expect.error(function()
    crm.create("complaint", { hospital = world.H1, kind = "other", description = "包装破损" })
  end, "批号")
end)

test("the notice names everybody who is to be told", function()
  local world = fixtures.world()
  local recall = crm.create("drug_recall", { batch = world.batch, defect_class = "class_1", reason = "混入异物" })
  local notice = require "print.recall_notice.data"
  local data = notice.data(recall)
  expect.equal(data.hospital_count, 3)
  expect.equal(data.distributor_count, 4)
  expect.equal(data.hospital_list[1].code, "H1")
  expect.equal(data.hospital_list[1].received, 30)
  expect.equal(data.distributor_list[2].remaining, 15)
  expect.equal(data.total, 105)
  expect.equal(data.recall_phone, "400-000-0000")
  local empty = crm.create("drug_recall", { batch = fixtures.batch("B9"), defect_class = "class_1", reason = "混入异物" })
  expect.error(function()
    notice.data(empty)
  end, "批号 B9 没有流向记录")
end)

test("a complaint is classed before it leads to a recall, and concluded before it is closed", function()
  local world = fixtures.world()
  local found = crm.update(complaint(world), { status = "tracing" })
  expect.error(function()
    crm.update(found, { status = "recalled" })
  end, "请先确定缺陷分级")
  found = crm.update("complaint/" .. found.id, { status = "recalled", defect_class = "class_2" })
  expect.error(function()
    crm.update(found, { status = "closed" })
  end, "结案前请填写处理结论")
  expect.error(function()
    crm.update(complaint(world), { status = "dismissed" })
  end, "说明投诉不成立的理由")
  expect.error(function()
    complaint(world, { status = "recalled" })
  end, "不能从「已启动召回」开始")
end)

test("there is no recall of goods that nobody has", function()
  local world = fixtures.world()
  local empty = complaint(world, { batch = fixtures.batch("B9") })
  empty = crm.update(empty, { status = "tracing" })
  expect.error(function()
    crm.update(empty, { status = "recalled", defect_class = "class_1" })
  end, "该批号没有流向记录，无从召回")
  local recall = crm.create("drug_recall", {
    batch = fixtures.batch("B8"), defect_class = "class_1", reason = "混入异物",
    responsible = fixtures.representative("MR01"),
  })
  expect.error(function()
    crm.update(recall, { status = "notified" })
  end, "没有需要召回的数量")
end)

test("a recall is completed with what came back", function()
  local world = fixtures.world()
  local recall = crm.create("drug_recall", {
    batch = world.batch, defect_class = "class_1", reason = "混入异物", responsible = fixtures.representative("MR01"),
  })
  recall = crm.update(crm.update(recall, { status = "notified" }), { status = "returning" })
  expect.error(function()
    crm.update(recall, { status = "closed" })
  end, "请登记已召回数量")
  expect.equal(crm.update("drug_recall/" .. recall.id, { status = "closed", recovered = 100 }).status, "closed")
end)

test("quality records are kept once they went on", function()
  local world = fixtures.world()
  local filed = complaint(world)
  local recall = crm.create("drug_recall", {
    batch = world.batch, defect_class = "class_1", reason = "混入异物", responsible = fixtures.representative("MR01"),
  })
  crm.update(filed, { status = "tracing" })
  crm.update(recall, { status = "notified" })
  expect.error(function() crm.delete(filed) end, "「反查中」，质量记录须保存备查")
  expect.error(function() crm.delete(recall) end, "「已通知」，质量记录须保存备查")
  crm.delete(complaint(world, { description = "写错了" }))
  expect.equal(crm.count("complaint"), 1)
  expect.equal(crm.count("drug_recall"), 1)
end)
