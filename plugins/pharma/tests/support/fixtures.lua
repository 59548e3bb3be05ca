-- Records that the tests start from.

local fixtures = {}

local decimal = crm.decimal

--- A day of a test, from 2026-11-21.
function fixtures.day(text)
  return crm.date.parse(text)
end

local function merged(values, more)
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return values
end

function fixtures.hospital(code, more)
  return crm.create("hospital", merged({
    code = code, name = "武汉市第" .. code .. "医院", level = "3a", region = "central", province = "hubei",
    city = "wuhan", beds = 800,
  }, more))
end

function fixtures.doctor(hospital, code, more)
  return crm.create("doctor", merged({
    code = code, name = "医生" .. code, hospital = hospital, department = "cardiology", professional_title = "chief",
  }, more))
end

function fixtures.distributor(code, more)
  return crm.create("distributor", merged({
    code = code, name = code .. "医药有限公司", level = "first", region = "central", province = "hubei", city = "wuhan",
    gsp_number = "GSP-" .. code, gsp_until = fixtures.day("2028-06-30"), credit_limit = decimal("500000.00"),
  }, more))
end

function fixtures.batch(code, more)
  return crm.create("batch", merged({
    code = code, drug_name = "布洛芬缓释胶囊0.3g*20", made_on = fixtures.day("2026-01-05"),
    expires_on = fixtures.day("2028-01-04"), quantity = 1000,
  }, more))
end

function fixtures.representative(code, more)
  return crm.create("salesperson", merged({ code = code, name = "代表" .. code, active = true }, more))
end

local numbers = 0

--- A flow; shipper nil stands for the manufacturer, receiver is a code.
function fixtures.flow(batch, shipper, receiver, quantity, more)
  numbers = numbers + 1
  return crm.create("flow", merged({
    doc_no = "F" .. numbers, batch = batch, shipper = shipper, kind = not shipper and "factory" or nil,
    receiver_code = receiver, quantity = quantity, flow_on = fixtures.day("2026-10-07"),
  }, more))
end

--- Batch B1 of 1,000 with this history:
---   manufacturer → D1 100; D1 → D2 60; D2 → D3 30; D3 → D2 10 (back); D1 → H3 20; D2 → H1 25; D3 → H2 15;
---   D4 → H1 5, which D4 never received.
--- D1 is of the first level, the others of the second.
function fixtures.world()
  local world = { batch = fixtures.batch("B1") }
  for _, code in ipairs({ "H1", "H2", "H3" }) do
    world[code] = fixtures.hospital(code)
  end
  world.D1 = fixtures.distributor("D1")
  for _, code in ipairs({ "D2", "D3", "D4" }) do
    world[code] = fixtures.distributor(code, { level = "second" })
  end
  fixtures.flow(world.batch, nil, "D1", 100)
  fixtures.flow(world.batch, world.D1, "D2", 60)
  fixtures.flow(world.batch, world.D2, "D3", 30)
  fixtures.flow(world.batch, world.D3, "D2", 10)
  fixtures.flow(world.batch, world.D1, "H3", 20)
  fixtures.flow(world.batch, world.D2, "H1", 25)
  fixtures.flow(world.batch, world.D3, "H2", 15)
  fixtures.flow(world.batch, world.D4, "H1", 5)
  return world
end

return fixtures
