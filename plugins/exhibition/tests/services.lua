local fixtures = require "tests.support.fixtures"

local decimal = crm.decimal

local function item(code, price, more)
  local values = { code = code, name = "项目" .. code, kind = "rental", unit = "件", unit_price = decimal(price) }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("service_item", values)
end

local function order(participation, what, quantity)
  return crm.create("participation_service", { participation = participation, item = what, quantity = decimal(quantity) })
end

local function reread(participation)
  return crm.get("participation", participation.id)
end

test("ordered services are the service fee of the participation", function()
  local world = fixtures.world()
  local participation = fixtures.participation(world, world.seeds, world.plain)
  local first = order(participation, item("CHAIR", "35.50"), "4")
  local second = order(participation, item("POWER", "1200.00"), "0.50")
  expect.equal(first.description, "项目CHAIR")
  expect.equal(tostring(first.amount), "142.00")
  expect.equal(tostring(second.amount), "600.00")
  -- 13320.00 for the booth; 142.00 + 600.00 for the services
  participation = reread(participation)
  expect.equal(tostring(participation.service_fee), "742.00")
  expect.equal(tostring(participation.total), "14062.00")
  crm.update(first, { quantity = decimal("2") })
  expect.equal(tostring(reread(participation).service_fee), "671.00")
  crm.delete(first)
  crm.delete(second)
  participation = reread(participation)
  expect.equal(tostring(participation.service_fee), "0.00")
  expect.equal(tostring(participation.total), "13320.00")
end)

test("the price of a service can be agreed, the item's price stays", function()
  local world = fixtures.world()
  local participation = fixtures.participation(world, world.seeds, world.plain)
  local chair = item("CHAIR", "35.50")
  local agreed = crm.create("participation_service", {
    participation = participation,
    item = chair,
    quantity = decimal("3"),
    unit_price = decimal("30.333"):round(2),
  })
  -- 3 × 30.33
  expect.equal(tostring(agreed.amount), "90.99")
  expect.equal(tostring(crm.get("service_item", chair.id).unit_price), "35.50")
end)

test("a fee that was typed and ordered services do not mix", function()
  local world = fixtures.world()
  local chair = item("CHAIR", "35.50")
  local typed = fixtures.participation(world, world.seeds, world.plain, { service_fee = decimal("500.00") })
  expect.error(function()
    order(typed, chair, "1")
  end, "已手工填写服务费 500.00 元")
  local ordered = fixtures.participation(world, world.tools, world.corner)
  order(ordered, chair, "2")
  expect.error(function()
    crm.update("participation/" .. ordered.id, { service_fee = decimal("500.00") })
  end, "服务费由 1 项服务合计为 71.00 元")
end)

test("what is off offer, without quantity or for a cancelled participation is not ordered", function()
  local world = fixtures.world()
  local participation = fixtures.participation(world, world.seeds, world.plain)
  local gone = item("GONE", "10.00", { active = false })
  expect.error(function()
    order(participation, gone, "1")
  end, "已停订")
  local chair = item("CHAIR", "35.50")
  expect.error(function()
    order(participation, chair, "0")
  end, "数量必须大于 0")
  crm.update("participation/" .. participation.id, { status = "cancelled" })
  expect.error(function()
    order(participation, chair, "1")
  end, "状态是「已取消」，不能再订")
end)

test("payments and refunds add up, to no more than is owed", function()
  local world = fixtures.world()
  local participation = fixtures.participation(world, world.seeds, world.plain)
  local function pay(kind, amount, more)
    local values = { participation = participation, kind = kind, amount = decimal(amount) }
    for field, value in pairs(more or {}) do
      values[field] = value
    end
    return crm.create("participation_payment", values)
  end
  expect.equal(pay("deposit", "6660.00").code, "EP202611-0001")
  expect.equal(tostring(reread(participation).received), "6660.00")
  expect.equal(tostring(reread(participation).outstanding), "6660.00")
  expect.error(function()
    pay("balance", "6660.01")
  end, "应付 13,320.00 元，已收 6,660.00 元，最多再收 6,660.00 元")
  expect.error(function()
    pay("refund", "6660.01")
  end, "已收款 6,660.00 元，不能退 6,660.01 元")
  expect.error(function()
    pay("balance", "0.00")
  end, "金额必须大于 0")
  expect.error(function()
    pay("balance", "1.00", { paid_on = crm.date.date(2026, 11, 22) })
  end, "收款日期不能晚于今天")
  pay("refund", "660.00")
  expect.equal(tostring(reread(participation).received), "6000.00")
  local balance = pay("balance", "7320.00")
  expect.equal(tostring(reread(participation).outstanding), "0.00")
  crm.update(balance, { amount = decimal("7000.00") })
  expect.equal(tostring(reread(participation).outstanding), "320.00")
  crm.delete(balance)
  expect.equal(tostring(reread(participation).received), "6000.00")
end)

test("a service and a payment that move to another participation leave the first", function()
  local world = fixtures.world()
  local first = fixtures.participation(world, world.seeds, world.plain)
  local second = fixtures.participation(world, world.tools, world.corner)
  local chair = order(first, item("CHAIR", "35.50"), "2")
  local payment = crm.create("participation_payment", { participation = first, kind = "deposit", amount = "100.00" })
  crm.update(chair, { participation = second })
  crm.update(payment, { participation = second })
  expect.equal(tostring(reread(first).service_fee), "0.00")
  expect.equal(tostring(reread(first).received), "0.00")
  expect.equal(tostring(reread(second).service_fee), "71.00")
  -- 13320.00 + 1332.00 + 71.00 − 100.00
  expect.equal(tostring(reread(second).outstanding), "14623.00")
end)

test("a payment for a contract is paid back, not deleted", function()
  local world = fixtures.world()
  local participation = fixtures.participation(world, world.seeds, world.plain)
  fixtures.pay(participation, decimal("1.00"))
  local payment = crm.find("participation_payment")[1]
  crm.delete(payment)
  fixtures.advance(participation, "contracted")
  payment = crm.find("participation_payment")[1]
  expect.error(function() crm.delete(payment) end, "请新建类别为「退款」的收款")
end)
