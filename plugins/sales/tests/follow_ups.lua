local fixtures = require "tests.support.fixtures"

local function reread(customer)
  return crm.get("customer", customer.id)
end

local function follow_up(customer, day, more)
  local values = { customer = customer, subject = "回访", contacted_on = day }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("follow_up", values)
end

test("a follow-up sets grade, last and next contact by the days of the grade", function()
  local owner = fixtures.salesperson("王伟")
  local customer = fixtures.customer("甲公司", "13900000001", { grade = "C", owner = owner })
  -- the manual's own example: 31 August and three days give 3 September
  crm.update(fixtures.grade("B"), { reminder_days = 3 })
  local made = follow_up(customer, "2026-08-31", { grade = "B" })
  expect.equal(tostring(made.next_contact_on), "2026-09-03")
  expect.equal(made.owner.name, "王伟")
  customer = reread(customer)
  expect.equal(customer.grade.code, "B")
  expect.equal(tostring(customer.last_contact_on), "2026-08-31")
  expect.equal(tostring(customer.next_contact_on), "2026-09-03")
end)

test("without a grade of its own it goes by the customer's, and a day that was given stays", function()
  local customer = fixtures.customer("甲公司", "13900000001", { grade = "C" })
  -- 21 November and 30 days
  expect.equal(tostring(follow_up(customer, nil).next_contact_on), "2026-12-21")
  local given = follow_up(customer, nil, { next_contact_on = "2026-11-25" })
  expect.equal(tostring(given.next_contact_on), "2026-11-25")
  expect.equal(tostring(reread(customer).next_contact_on), "2026-11-25")
  local plain = fixtures.customer("乙公司", "13900000002")
  expect.equal(follow_up(plain, nil).next_contact_on, nil)
  expect.equal(tostring(reread(plain).last_contact_on), "2026-11-21")
end)

test("an earlier follow-up that is entered late changes nothing", function()
  local customer = fixtures.customer("甲公司", "13900000001", { grade = "A" })
  follow_up(customer, "2026-11-20")
  follow_up(customer, "2026-10-01", { grade = "D" })
  customer = reread(customer)
  expect.equal(customer.grade.code, "A")
  expect.equal(tostring(customer.last_contact_on), "2026-11-20")
  expect.equal(tostring(customer.next_contact_on), "2026-11-27")
end)

test("moving or deleting the latest follow-up takes the customer's days along", function()
  local customer = fixtures.customer("甲公司", "13900000001", { grade = "A" })
  follow_up(customer, "2026-11-01")
  local last = follow_up(customer, "2026-11-20")
  last = crm.update(last, { contacted_on = "2026-11-18" })
  expect.equal(tostring(last.next_contact_on), "2026-11-25")
  expect.equal(tostring(reread(customer).last_contact_on), "2026-11-18")
  crm.delete(last)
  expect.equal(tostring(reread(customer).last_contact_on), "2026-11-01")
  expect.equal(tostring(reread(customer).next_contact_on), "2026-11-08")
end)

test("wrong days and people of others are refused", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  local other = fixtures.customer("乙公司", "13900000002")
  expect.error(function() follow_up(customer, "2026-11-22") end, "联系日期不能晚于今天")
  expect.error(function()
    follow_up(customer, "2026-11-20", { next_contact_on = "2026-11-19" })
  end, "下次联系不能早于联系日期")
  expect.error(function() follow_up(customer, nil, { contact = other.contacts[1] }) end, "不属于客户「甲公司」")
  local opportunity = crm.create("opportunity", { customer = other, name = "采购" })
  expect.error(function() follow_up(customer, nil, { opportunity = opportunity }) end, "不属于客户「甲公司」")
end)
