local fixtures = require "tests.support.fixtures"

local function sample()
  fixtures.product()
  fixtures.buyer()
  return crm.create("sample_request", { inquiry = fixtures.inquiry() })
end

test("a sample takes buyer and product from the inquiry and notes the days", function()
  local request = sample()
  expect.equal(request.code, "SM202611-0001")
  expect.equal(request.buyer.name, "Tran-Whitaker Ltd")
  expect.equal(request.product.code, "HO-0000")
  request = crm.update(request, { status = "prepared" })
  expect.equal(request.sent_on, nil)
  request = crm.update(request, { status = "sent", courier = "DHL", tracking_number = "JD01" })
  expect.equal(tostring(request.sent_on), "2026-11-21")
  request = crm.update(request, { status = "received" })
  expect.equal(tostring(request.received_on), "2026-11-21")
end)

test("a sample is not received before it is sent", function()
  local request = sample()
  expect.error(function()
    crm.update(request, { sent_on = "2026-11-20", received_on = "2026-11-19" })
  end, "收到日期不能早于寄出日期")
end)

test("a day that was typed is kept", function()
  local request = crm.update(sample(), { status = "prepared" })
  request = crm.update(request, {
    status = "sent", sent_on = "2026-11-20", courier = "DHL", tracking_number = "JD01",
  })
  expect.equal(tostring(request.sent_on), "2026-11-20")
  expect.equal(request.received_on, nil)
end)

test("a sample that is prepared is cancelled, not deleted", function()
  local made = sample()
  made = crm.update(made, { status = "prepared" })
  expect.error(function() crm.delete(made) end, "请改为取消或登记结果")
  crm.update(made, { status = "cancelled" })
  crm.delete(crm.get("sample_request", made.id))
end)
