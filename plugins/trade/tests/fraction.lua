local fraction = require "lib.fraction"

local function rounded(value, places)
  return tostring(fraction.round(value, places))
end

test("a half goes up, anything below goes down", function()
  expect.equal(rounded(fraction.of(1) / 8, 2), "0.13")
  expect.equal(rounded(fraction.of(crm.decimal("0.12499")), 2), "0.12")
  expect.equal(rounded(fraction.of(crm.decimal("2.5")), 0), "3")
  expect.equal(rounded(fraction.of(0), 2), "0.00")
  expect.equal(rounded(fraction.of(crm.decimal("0.004")), 2), "0.00")
end)

test("thirds add up to one", function()
  local third = fraction.of(1) / 3
  expect.equal(rounded(third, 9), "0.333333333")
  expect.equal(rounded(third + third + third, 9), "1.000000000")
end)

test("numbers of any size are exact", function()
  local big = fraction.of(crm.decimal("123456789.987654321"))
  -- (a × a) / a = a
  expect.equal(rounded(big * big * big / (big * big), 9), "123456789.987654321")
  -- 999999999 × 999999999 = 999999998000000001; a third of it is 333333332666666667
  local nines = fraction.of(999999999)
  expect.equal(rounded(nines * nines / 3, 0), "333333332666666667")
end)

test("division by zero and negative numbers are refused", function()
  expect.error(function()
    return fraction.of(1) / 0
  end, "division by zero")
  expect.error(function()
    fraction.of(crm.decimal("-1"))
  end, "zero or greater")
end)

test("sums carry into another limb", function()
  expect.equal(rounded(fraction.of(9999999) + 1, 0), "10000000")
  expect.equal(rounded(fraction.of(99999999999999) + 1, 0), "100000000000000")
end)
