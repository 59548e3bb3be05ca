local fixtures = require "tests.support.fixtures"

local function outcome(customer, values)
  return crm.update("customer/" .. customer.id, values)
end

local function refuse(customer, reason)
  return outcome(customer, { exhibition_first_visit = "refusal", exhibition_refusal_reason = reason or "档期冲突" })
end

local function participation_of(customer)
  return crm.find("participation", "customer = ?", { params = { customer.id } })[1]
end

test("who decides at once is invited to the show that recruits, once", function()
  local world = fixtures.world()
  outcome(world.seeds, { exhibition_first_visit = "immediate" })
  local participation = participation_of(world.seeds)
  expect.equal(participation.status, "visited")
  expect.equal(participation:id_of("show"), world.show.id)
  expect.equal(participation.contact.name, "李明")
  expect.equal(participation.product_class, "seeds")
  expect.equal(tostring(crm.get("customer", world.seeds.id).exhibition_first_visit_on), "2026-11-21")
  outcome(world.seeds, { exhibition_first_visit = "not_contacted" })
  outcome(world.seeds, { exhibition_first_visit = "immediate" })
  expect.equal(crm.count("participation"), 1)
end)

test("without a show that recruits nobody is invited", function()
  local show = fixtures.show()
  crm.update(show, { status = "planning" })
  local customer = fixtures.customer("甲公司", "13900000001", { exhibition_first_visit = "immediate" })
  expect.equal(participation_of(customer), nil)
end)

test("a refusal makes one lead of a visitor, with what is known of the customer", function()
  local customer = fixtures.customer("武汉达川农业有限公司", "13900000001", {
    exhibition_product_class = "seeds", province = "hubei", city = "wuhan", source = "telephone",
  })
  refuse(customer, "只想参观")
  local leads = crm.find("lead")
  expect.equal(#leads, 1)
  local lead = leads[1]
  expect.equal(lead.kind, "exhibition_visitor")
  expect.equal(lead.name, "李明")
  expect.equal(lead.company, "武汉达川农业有限公司")
  expect.equal(lead.mobile, customer.mobile)
  expect.equal(lead.city, "wuhan")
  expect.equal(lead.interest, "种子种苗；拒绝原因：只想参观")
  expect.equal(lead:id_of("customer"), customer.id)
  -- a change of mind and back again makes no second one
  outcome(customer, { exhibition_first_visit = "immediate" })
  refuse(customer)
  expect.equal(crm.count("lead"), 1)
end)

test("a refusal in a list that is imported makes a lead too", function()
  fixtures.customer("甲公司", "13900000001", { exhibition_first_visit = "refusal" })
  expect.equal(crm.count("lead", "kind = 'exhibition_visitor'"), 1)
end)

test("a refusal withdraws the invitation, but not a booth that is reserved", function()
  local world = fixtures.world()
  local invited = fixtures.participation(world, world.seeds, nil, { status = "invited" })
  fixtures.participation(world, world.tools, world.plain, { status = "reserved" })
  refuse(world.seeds, "预算不足")
  refuse(world.tools)
  invited = crm.get("participation", invited.id)
  expect.equal(invited.status, "cancelled")
  expect.equal(invited.cancel_reason, "预算不足")
  expect.equal(participation_of(world.tools).status, "reserved")
end)

test("an objection is written down with a day to come back to it", function()
  local world = fixtures.world()
  fixtures.participation(world, world.seeds, nil, { status = "invited" })
  local function object(values)
    return function()
      values.exhibition_first_visit = "objection"
      outcome(world.seeds, values)
    end
  end
  expect.error(object({}), "请填写异议内容")
  expect.error(object({}), "请填写下次联系的日期")
  expect.error(object({ exhibition_objection = "要角位", next_contact_on = "2026-11-20" }), "2026-11-20 已经过去")
  object({ exhibition_objection = "要角位", next_contact_on = "2026-11-28" })()
  expect.equal(participation_of(world.seeds).status, "visited")
  expect.equal(crm.count("lead"), 0)
end)

test("a refusal of a known customer has its reason", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  expect.error(function()
    outcome(customer, { exhibition_first_visit = "refusal" })
  end, "请填写拒绝原因")
end)

test("lists from elsewhere are taken as they are", function()
  local customer = fixtures.customer("甲公司", "13900000001", { exhibition_first_visit = "objection" })
  expect.equal(outcome(customer, { notes = "已回电" }).notes, "已回电")
end)

test("a follow-up tells the outcome to the customer", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  local function visit(values)
    values.customer, values.subject = customer, "首访"
    return crm.create("follow_up", values)
  end
  expect.error(function()
    visit({ exhibition_first_visit = "objection", exhibition_objection = "价格高" })
  end, "请填写下次联系的日期")
  expect.error(function()
    visit({ exhibition_first_visit = "refusal" })
  end, "请填写拒绝原因")
  visit({
    contacted_on = "2026-11-20", exhibition_first_visit = "objection",
    exhibition_objection = "价格高", next_contact_on = "2026-11-27",
  })
  customer = crm.get("customer", customer.id)
  expect.equal(customer.exhibition_first_visit, "objection")
  expect.equal(customer.exhibition_objection, "价格高")
  expect.equal(tostring(customer.exhibition_first_visit_on), "2026-11-20")
  expect.equal(tostring(customer.next_contact_on), "2026-11-27")
  visit({ exhibition_first_visit = "refusal", exhibition_refusal_reason = "改做网络推广" })
  expect.equal(crm.get("customer", customer.id).exhibition_first_visit, "refusal")
  expect.equal(crm.count("lead"), 1)
  -- a later call that says nothing about it changes nothing, nor does a note in an earlier one
  visit({ content = "寄送门票" })
  crm.update("follow_up/1", { content = "补记：对方为采购经理" })
  expect.equal(crm.get("customer", customer.id).exhibition_first_visit, "refusal")
  outcome(customer, { exhibition_first_visit = "immediate" })
  crm.update("follow_up/2", { content = "补记：已寄邀请函" })
  expect.equal(crm.get("customer", customer.id).exhibition_first_visit, "immediate")
end)

test("a follow-up that is entered late does not undo what is known since", function()
  local customer = fixtures.customer("甲公司", "13900000001")
  outcome(customer, { exhibition_first_visit = "immediate" })
  crm.create("follow_up", {
    customer = customer, subject = "补记", contacted_on = "2026-11-01",
    exhibition_first_visit = "refusal", exhibition_refusal_reason = "无预算",
  })
  expect.equal(crm.get("customer", customer.id).exhibition_first_visit, "immediate")
  expect.equal(crm.count("lead"), 0)
end)

test("a lead becomes a visitor once", function()
  local show = fixtures.show()
  local customer = fixtures.customer("甲公司", "13900000001", { exhibition_product_class = "seeds" })
  refuse(customer)
  local lead = crm.find("lead")[1]
  local run = require("commands.register_visitor").run
  local said = run({ lead = lead.code, show = show.code })
  expect.truthy(said:find("TEST2027-V00001", 1, true))
  local visitor = crm.find("visitor")[1]
  expect.equal(visitor.name, "李明")
  expect.equal(visitor.company, "甲公司")
  expect.equal(visitor.interests, "种子种苗")
  expect.equal(crm.get("lead", lead.id).status, "qualified")
  expect.equal(visitor:id_of("customer"), customer.id)
  expect.error(function()
    run({ lead = lead.code, show = show.code })
  end, "已登记为「测试博览会」的观众：TEST2027-V00001")
  expect.error(function()
    run({ lead = "L000000-0000" })
  end, "没有编号或名称为「L000000-0000」的线索")
end)
