local packing = require "lib.packing"

local decimal = crm.decimal
local CARTON = { per_carton = 24, cbm = decimal("0.028"), gross = decimal("10.8"), net = decimal("10.2") }

test("full cartons measure and weigh as many times as one", function()
  local measured = packing.measure(decimal(2400), CARTON)
  -- 2400 / 24 = 100 cartons; 100 × 0.028; 100 × 10.2; 100 × 10.8
  expect.equal(measured.cartons, 100)
  expect.equal(tostring(measured.cbm), "2.8000")
  expect.equal(tostring(measured.net), "1020.000")
  expect.equal(tostring(measured.gross), "1080.000")
end)

test("the last carton takes a full place, its goods weigh in proportion", function()
  local measured = packing.measure(decimal(500), CARTON)
  -- 500 / 24 = 20.83 -> 21 cartons; 21 × 0.028 = 0.588
  expect.equal(measured.cartons, 21)
  expect.equal(tostring(measured.cbm), "0.5880")
  -- 10.2 × 500 / 24 = 212.5; tare 21 × 0.6 = 12.6
  expect.equal(tostring(measured.net), "212.500")
  expect.equal(tostring(measured.gross), "225.100")
end)

test("one piece too many opens another carton", function()
  expect.equal(packing.measure(decimal(24), CARTON).cartons, 1)
  expect.equal(packing.measure(decimal(25), CARTON).cartons, 2)
  expect.equal(packing.measure(decimal("0.001"), CARTON).cartons, 1)
end)

test("without a net weight every carton weighs as a full one", function()
  local measured = packing.measure(decimal(25), { per_carton = 24, gross = decimal("10.8") })
  expect.equal(tostring(measured.gross), "21.600")
  expect.equal(measured.net, nil)
  expect.equal(measured.cbm, nil)
end)

test("nothing is measured without a carton", function()
  expect.equal(packing.measure(decimal(25), {}).cartons, nil)
  expect.equal(packing.measure(nil, CARTON).cartons, nil)
end)

test("a net weight that is not known is the gross weight less packing", function()
  -- 10.8 × 92 % = 9.936
  expect.equal(tostring(packing.net_weight(decimal("10.8"), nil, decimal(8))), "9.936")
  expect.equal(tostring(packing.net_weight(decimal("10.8"), decimal("10.2"), decimal(8))), "10.2")
  expect.equal(packing.net_weight(nil, nil, decimal(8)), nil)
end)
