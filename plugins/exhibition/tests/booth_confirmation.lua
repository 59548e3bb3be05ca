local fixtures = require "tests.support.fixtures"

local function data(participation)
  return require("print.booth_confirmation.data").data(participation)
end

test("the confirmation shows booth, fees and days of payment", function()
  local world = fixtures.world()
  local shown = data(fixtures.participation(world, world.seeds, world.corner, {
    discount_rate = crm.decimal("5.00"),
  }))
  expect.equal(shown.code, "EX-2026-00001")
  expect.equal(shown.booth.number, "N1-A02")
  expect.equal(shown.booth.is_standard, true)
  expect.equal(shown.booth.area, "9")
  expect.equal(shown.fees.corner_rate, "10")
  expect.equal(shown.exhibitor.contact, "李明")
  expect.equal(shown.fees.space_fee, "13,320.00")
  expect.equal(shown.fees.corner_fee, "1,332.00")
  expect.equal(shown.fees.discount, "732.60")
  expect.equal(shown.fees.service_fee, "")
  expect.equal(shown.fees.total, "13,919.40")
  expect.equal(shown.payment.deposit, "6,959.70")
  expect.equal(shown.payment.balance, "6,959.70")
  -- seven days after 21 November
  expect.equal(tostring(shown.payment.deposit_due_on), "2026-11-28")
  expect.equal(tostring(shown.payment.balance_due_on), "2027-03-01")
end)

test("a participation without a booth has nothing to confirm", function()
  local world = fixtures.world()
  local invited = fixtures.participation(world, world.seeds, nil, { status = "invited" })
  expect.error(function()
    data(invited)
  end, "尚未安排展位")
end)

test("the confirmation lists the services that were ordered", function()
  local world = fixtures.world()
  local participation = fixtures.participation(world, world.seeds, world.plain)
  local chair = crm.create("service_item", {
    code = "CHAIR", name = "折椅", kind = "rental", unit = "把", name_en = "Chair", unit_price = crm.decimal("30.00"),
  })
  crm.create("participation_service", { participation = participation, item = chair, quantity = crm.decimal("4") })
  local shown = data(crm.get("participation", participation.id))
  expect.equal(shown.fees.service_fee, "120.00")
  expect.equal(#shown.ordered, 1)
  expect.equal(shown.ordered[1].description, "折椅")
  expect.equal(shown.ordered[1].description_en, "Chair")
  expect.equal(shown.ordered[1].quantity, "4")
  expect.equal(shown.ordered[1].unit_price, "30.00")
end)
