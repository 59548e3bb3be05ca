-- Records that the tests start from: a show with two halls, three booths and two customers.

local fixtures = {}

local decimal = crm.decimal

function fixtures.show(code)
  return crm.create("show", {
    code = code or "TEST2027",
    name = "测试博览会",
    name_en = "Test Expo",
    status = "recruiting",
    starts_on = crm.date.date(2027, 4, 15),
    ends_on = crm.date.date(2027, 4, 18),
    move_in_on = crm.date.date(2027, 4, 13),
    organiser = "测试展览有限公司",
    standard_price = decimal("1480.00"),
    raw_price = decimal("1200.00"),
    corner_rate = decimal("10.00"),
    deposit_rate = decimal("50.00"),
    deposit_days = 7,
    balance_due_on = crm.date.date(2027, 3, 1),
  })
end

function fixtures.hall(show, code)
  return crm.create("hall", { show = show, code = code })
end

--- A booth; options: type, width, depth, sides, price.
function fixtures.booth(hall, number, options)
  options = options or {}
  return crm.create("booth", {
    hall = hall,
    number = number,
    booth_type = options.type or "standard",
    width = decimal(options.width or "3"),
    depth = decimal(options.depth or "3"),
    open_sides = options.sides or 1,
    unit_price = options.price and decimal(options.price) or nil,
  })
end

function fixtures.customer(name, mobile, more)
  local values = { name = name, mobile = mobile, contact_name = "李明", contact_title = "总经理" }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  return crm.create("customer", values)
end

--- A show with hall N1 (standard booths N1-A01 with one and N1-A02 with two open sides), hall E1 (raw space
--- E1-A01 of 36 m²) and two customers.
function fixtures.world()
  local world = { show = fixtures.show() }
  world.n1 = fixtures.hall(world.show, "N1")
  world.e1 = fixtures.hall(world.show, "E1")
  world.plain = fixtures.booth(world.n1, "N1-A01")
  world.corner = fixtures.booth(world.n1, "N1-A02", { sides = 2 })
  world.raw = fixtures.booth(world.e1, "E1-A01", { type = "raw_space", width = "6", depth = "6" })
  world.seeds = fixtures.customer("武汉达川农业有限公司", "13900000001", { exhibition_product_class = "seeds" })
  world.tools = fixtures.customer("深圳禾恒贸易有限公司", "13900000002", { exhibition_product_class = "hardware" })
  return world
end

-- The stages between a reserved booth and the one wanted.
local WAY = {
  confirmed = { "confirmed" },
  contracted = { "confirmed", "contracted" },
}

--- Pays what is missing up to an amount.
function fixtures.pay(participation, amount)
  participation = crm.get("participation", participation.id)
  if participation.received < amount then
    crm.create("participation_payment", {
      participation = participation,
      kind = "deposit",
      amount = amount - participation.received,
    })
  end
end

--- Takes a reserved participation further, with the contract and the deposit that are needed on the way.
function fixtures.advance(participation, status)
  for _, step in ipairs(WAY[status] or {}) do
    local values = { status = step }
    if step == "contracted" then
      fixtures.pay(participation, participation.deposit)
      values.contract_number = "HT-" .. participation.code
    end
    participation = crm.update("participation/" .. participation.id, values)
  end
  return participation
end

--- A participation of a customer in the show of a world, confirmed unless `more` says otherwise; more: further fields.
function fixtures.participation(world, customer, booth, more)
  local values = { show = world.show, customer = customer, booth = booth }
  for field, value in pairs(more or {}) do
    values[field] = value
  end
  local status = values.status or "confirmed"
  values.status = WAY[status] and "reserved" or status
  return fixtures.advance(crm.create("participation", values), status)
end

return fixtures
