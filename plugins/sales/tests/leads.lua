local fixtures = require "tests.support.fixtures"

local convert = require("commands.convert_lead").run

local function lead(more)
  local values = { name = "张三", company = "武汉达川农业有限公司", mobile = "13900000001" }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("lead", values)
end

test("a lead without a person is known by its company", function()
  local found = crm.create("lead", { company = "武汉达川农业有限公司" })
  expect.equal(found.code, "L202611-0001")
  expect.equal(found.name, "武汉达川农业有限公司")
  expect.error(function() crm.create("lead", { mobile = "13900000001" }) end, "姓名")
end)

test("a lead becomes customer, contact and opportunity", function()
  local owner = fixtures.salesperson("王伟")
  local found = lead({
    province = "hubei", city = "wuhan", source = "website", owner = owner, interest = "播种机 20 台",
    email = "zhang@example.com",
  })
  local text = convert({ lead = found.code })
  expect.truthy(text:find("C2026-000001", 1, true))
  expect.truthy(text:find("O2026-00001", 1, true))
  found = crm.get("lead", found.id)
  expect.equal(found.status, "converted")
  expect.equal(found.customer.name, "武汉达川农业有限公司")
  expect.equal(found.customer.city, "wuhan")
  expect.equal(found.customer.owner.name, "王伟")
  expect.equal(found.contact.name, "张三")
  expect.equal(found.contact.email, "zhang@example.com")
  expect.equal(found.contact.primary, true)
  expect.equal(found.opportunity.name, "武汉达川农业有限公司：播种机 20 台")
  expect.equal(found.opportunity.source, "website")
  expect.equal(crm.count("contact"), 1)
  expect.error(function() convert({ lead = found.code }) end, "已转化")
end)

test("an unknown or lost lead is not converted, and nothing is left of a failure", function()
  expect.error(function() convert({ lead = "L000000-0000" }) end, "没有编号")
  local found = lead()
  crm.update(found, { status = "lost", lost_reason = "no_interest" })
  expect.error(function() convert({ lead = found.code }) end, "跟进中")
  expect.equal(crm.count("customer"), 0)
end)
test("a lead of a known company takes the customer that is there", function()
  local known = fixtures.customer("武汉达川农业股份有限公司", "139-0000-0001")
  local found = lead()
  convert({ lead = tostring(found.id) })
  found = crm.get("lead", found.id)
  expect.equal(found.customer.id, known.id)
  expect.equal(crm.count("customer"), 1)
  expect.equal(crm.count("contact"), 2)
  expect.equal(found.contact.primary, false)
end)

test("a converted lead is not deleted", function()
  local found = lead()
  convert({ lead = found.code })
  expect.error(function() crm.delete(crm.get("lead", found.id)) end, "已转化为客户「武汉达川农业有限公司」，不能删除")
end)
