local fixtures = require "tests.support.fixtures"

local same = fixtures.same

local function expect_order(order, received, outstanding)
  local found = crm.get("sales_order", order.id)
  same(found.received, received)
  same(found.outstanding, outstanding)
end

local function expect_receipt(receipt, allocated, unallocated)
  local found = crm.get("receipt", receipt.id)
  same(found.allocated, allocated)
  same(found.unallocated, unallocated)
end

-- A customer with confirmed orders of 113.00, 226.00 and 339.00.
local function world()
  local customer = fixtures.customer("甲公司", "13900000001")
  return customer, fixtures.order(customer, 1), fixtures.order(customer, 2), fixtures.order(customer, 3)
end

local function receipt(customer, amount, allocations)
  return crm.create("receipt", { customer = customer, amount = amount, allocations = allocations })
end

test("one receipt pays several orders, one order is paid by several receipts", function()
  local customer, small, middle, large = world()
  local first = receipt(customer, "400.00", {
    { order = small, amount = "113.00" },
    { order = middle, amount = "200.00" },
    { order = large, amount = "50.00" },
  })
  expect.equal(first.code, "R202611-0001")
  expect_receipt(first, "363.00", "37.00")
  expect_order(small, "113.00", "0.00")
  expect_order(middle, "200.00", "26.00")
  expect_order(large, "50.00", "289.00")
  local second = receipt(customer, "26.00", { { order = middle, amount = "26.00" } })
  expect_receipt(second, "26.00", "0.00")
  expect_order(middle, "226.00", "0.00")
end)

test("an allocation without an amount takes what is open on both sides", function()
  local customer, small, middle = world()
  local paid = receipt(customer, "150.00", { { order = small }, { order = middle } })
  expect_receipt(paid, "150.00", "0.00")
  expect_order(small, "113.00", "0.00")
  expect_order(middle, "37.00", "189.00")
end)

test("more than an order is owed or a receipt holds is refused, and nothing is written", function()
  local customer, small, _, large = world()
  expect.error(function()
    receipt(customer, "500.00", { { order = small, amount = "113.01" } })
  end, "不超过 113.00")
  expect.error(function()
    receipt(customer, "100.00", { { order = large, amount = "100.01" } })
  end, "不超过 100.00")
  expect.equal(crm.count("receipt"), 0)
  expect_order(small, "0.00", "113.00")
end)

test("an allocation may change within its own amount and what is open", function()
  local customer, small = world()
  local paid = receipt(customer, "100.00", { { order = small, amount = "80.00" } })
  local allocation = paid.allocations[1]
  expect.error(function() crm.update(allocation, { amount = "100.01" }) end, "不超过 100.00")
  crm.update(allocation, { amount = "100.00" })
  expect_order(small, "100.00", "13.00")
  expect_receipt(paid, "100.00", "0.00")
  expect.error(function() crm.update(allocation, { amount = "0" }) end, "分配金额")
end)

test("an allocation stays with its order and receipt", function()
  local customer, small, middle = world()
  local paid = receipt(customer, "100.00", { { order = small, amount = "80.00" } })
  expect.error(function() crm.update(paid.allocations[1], { order = middle }) end, "删除后重新分配")
end)

test("deleting gives back", function()
  local customer, small, middle = world()
  local paid = receipt(customer, "150.00", {
    { order = small, amount = "100.00" },
    { order = middle, amount = "50.00" },
  })
  crm.delete(paid.allocations[1])
  expect_order(small, "0.00", "113.00")
  expect_receipt(paid, "50.00", "100.00")
  expect.error(function()
    crm.delete(crm.get("receipt", paid.id))
  end, "R202611-0001 已有 50.00 分配到订单 " .. middle.code)
  expect_order(middle, "50.00", "176.00")
  crm.delete(crm.get("receipt", paid.id).allocations[1])
  crm.delete(crm.get("receipt", paid.id))
  expect_order(middle, "0.00", "226.00")
  expect.equal(crm.count("receipt"), 0)
end)

test("a receipt stays above what was allocated and with its customer", function()
  local customer, small = world()
  local other = fixtures.customer("乙公司", "13900000002")
  local paid = receipt(customer, "150.00", { { order = small, amount = "100.00" } })
  expect.error(function() crm.update(paid, { amount = "99.99" }) end, "100.00")
  expect.error(function() crm.update(paid, { customer = other }) end, "不能更换客户")
  crm.update(paid, { amount = "100.00" })
  expect_receipt(paid, "100.00", "0.00")
end)

test("only confirmed orders of the same customer take money", function()
  local customer = world()
  local other = fixtures.customer("乙公司", "13900000002")
  local draft = fixtures.document("sales_order", customer)
  local foreign = fixtures.order(other)
  expect.error(function() receipt(customer, "10.00", { { order = draft, amount = "10.00" } }) end, "草稿")
  expect.error(function() receipt(customer, "10.00", { { order = foreign, amount = "10.00" } }) end, "乙公司")
end)

test("a closed order keeps its money", function()
  local customer, small = world()
  local paid = receipt(customer, "113.00", { { order = small } })
  crm.update(small, { status = "delivered" })
  small = crm.update(crm.get("sales_order", small.id), { status = "closed" })
  expect.error(function() crm.delete(paid.allocations[1]) end, "已结案")
  expect.error(function() crm.delete(paid) end, "不能删除")
  crm.update(small, { status = "delivered" })
  crm.delete(paid.allocations[1])
  expect_order(small, "0.00", "113.00")
end)

test("wrong receipts are refused with their field", function()
  local customer = world()
  expect.error(function() receipt(customer, "0.00") end, "收款金额")
  expect.error(function() crm.create("receipt", { customer = customer }) end, "收款金额")
  expect.error(function()
    crm.create("receipt", { customer = customer, amount = "1.00", received_on = "2026-11-22" })
  end, "收款日期不能晚于今天")
  expect.error(function()
    crm.create("receipt", { customer = customer, amount = "1.00", allocated = "500.00", method = "贝壳" })
  end, "收款方式")
end)
