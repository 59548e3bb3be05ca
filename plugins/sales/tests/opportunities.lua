local fixtures = require "tests.support.fixtures"

local same = fixtures.same

local function opportunity(customer, more)
  local values = { customer = customer, name = "采购" }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("opportunity", values)
end

test("the probability follows the stage until somebody says otherwise", function()
  local customer = fixtures.customer("甲公司", "13900000001", { source = "agent" })
  local found = opportunity(customer, { expected_amount = "12345.67" })
  expect.equal(found.code, "O2026-00001")
  expect.equal(found.contact.name, "李明")
  expect.equal(found.source, "agent")
  same(found.probability, "10.00")
  -- 1,234.567
  same(found.weighted_amount, "1234.57")
  found = crm.update(found, { probability = "45" })
  same(found.weighted_amount, "5555.55")
  found = crm.update(found, { notes = "仍在谈" })
  same(found.probability, "45.00")
  found = crm.update(found, { stage = "proposal" })
  same(found.probability, "50.00")
  same(found.weighted_amount, "6172.84")
end)

test("an end has its probability and its day", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  local found = opportunity(customer, { stage = "proposal", expected_amount = "100.00", probability = "80" })
  same(found.probability, "80.00")
  found = crm.update(found, { stage = "won" })
  same(found.probability, "100.00")
  same(found.weighted_amount, "100.00")
  expect.equal(tostring(found.closed_on), "2026-11-21")
end)

test("a lost opportunity that opens again has no day of its end", function()
  local found = opportunity(fixtures.customer("甲公司", "13900000001"))
  found = crm.update(found, { stage = "lost", loss_reason = "price" })
  expect.equal(tostring(found.closed_on), "2026-11-21")
  found = crm.update(found, { stage = "qualify" })
  expect.equal(found.closed_on, nil)
  same(found.probability, "10.00")
end)

test("the contact is one of the customer", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  local other = fixtures.customer("乙公司", "13900000002")
  expect.error(function() opportunity(customer, { contact = other.contacts[1] }) end, "不属于客户「甲公司」")
end)

test("a quote that goes out and an order that is confirmed take the opportunity along", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  local found = opportunity(customer)
  local quote = fixtures.document("quote", customer, nil, { opportunity = found })
  crm.update(quote, { status = "sent" })
  found = crm.get("opportunity", found.id)
  expect.equal(found.stage, "proposal")
  same(found.expected_amount, "100.00")
  fixtures.order(customer, 3, { opportunity = found })
  found = crm.get("opportunity", found.id)
  expect.equal(found.stage, "won")
  same(found.expected_amount, "300.00")
  expect.equal(crm.get("customer", customer.id).status, "active")
end)

test("an order alone wins an opportunity from its first stage, and leaves a lost one", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  local first = opportunity(customer)
  local lost = opportunity(customer, { name = "失去的" })
  lost = crm.update(lost, { stage = "lost", loss_reason = "price" })
  same(lost.probability, "0.00")
  fixtures.order(customer, 1, { opportunity = first })
  fixtures.order(customer, 1, { opportunity = lost })
  expect.equal(crm.get("opportunity", first.id).stage, "won")
  expect.equal(crm.get("opportunity", lost.id).stage, "lost")
end)
