local lines = require "lib.lines"

local decimal = crm.decimal

local function expect_amounts(actual, expected)
  for index, text in ipairs(expected) do
    expect.equal(tostring(actual[index]), text)
  end
  expect.equal(#actual, #expected)
end

test("the amount of a line is rounded half up once", function()
  local function amount(quantity, price, rate)
    return tostring(lines.amount({ quantity = quantity, unit_price = price, discount_rate = rate }))
  end
  expect.equal(amount("3", "33.33"), "99.99")
  -- 49.975
  expect.equal(amount("2.5", "19.99"), "49.98")
  -- 86.45 × 0.95 = 82.1275
  expect.equal(amount("7", "12.35", "5.00"), "82.13")
  -- 1.25 × 0.9 = 1.125: rounding the price after discount (0.90) would give the same, rounding 1.25 to 1.3
  -- not
  expect.equal(amount("1.25", "1.00", "10"), "1.13")
  expect.equal(amount("0.001", "4.99"), "0.00")
  expect.equal(amount("5", "20.00", "100"), "0.00")
  expect.equal(amount(nil, "20.00"), "0.00")
end)

test("a document of three lines with a whole discount adds up", function()
  local document = lines.document({
    { quantity = "3", unit_price = "33.33", tax_rate = "13.00" },
    { quantity = "2.5", unit_price = "19.99", tax_rate = "13.00" },
    { quantity = "7", unit_price = "12.35", discount_rate = "5.00", tax_rate = "9.00" },
  }, "7.50")
  -- 99.99 + 49.98 + 82.13 = 232.10; 7.5 % of it is 17.4075
  expect.equal(tostring(document.subtotal), "232.10")
  expect.equal(tostring(document.discount), "17.41")
  -- wanted 7.49925, 3.7485, 6.15975: cut to 7.49 + 3.74 + 6.15 = 17.38, three cents missing, one for each
  local shares, taxes, totals = {}, {}, {}
  for index, line in ipairs(document.lines) do
    shares[index], taxes[index], totals[index] = line.discount_share, line.tax, line.total
  end
  expect_amounts(shares, { "7.50", "3.75", "6.16" })
  -- 13 % of 92.49 and 46.23, 9 % of 75.97
  expect_amounts(taxes, { "12.02", "6.01", "6.84" })
  expect_amounts(totals, { "104.51", "52.24", "82.81" })
  expect.equal(tostring(document.net), "214.69")
  expect.equal(tostring(document.tax), "24.87")
  expect.equal(tostring(document.total), "239.56")
end)

test("missing cents go to the largest cut-off parts, of equal ones to the earlier lines", function()
  -- 10 % of 30.15 is 3.015, so 3.02; each line wants 1.005 and two of them get 1.01
  local shares, discount = lines.shares({ decimal("10.05"), decimal("10.05"), decimal("10.05") }, "10.00")
  expect.equal(tostring(discount), "3.02")
  expect_amounts(shares, { "1.01", "1.01", "1.00" })
  -- 5 % of 0.30 is 0.015, so 0.02; wanted 0.001, 0.005, 0.009: the third and the second get the cents
  shares, discount = lines.shares({ decimal("0.02"), decimal("0.10"), decimal("0.18") }, "5.00")
  expect.equal(tostring(discount), "0.02")
  expect_amounts(shares, { "0.00", "0.01", "0.01" })
end)

test("shares add up to the discount whatever the amounts", function()
  for count = 1, 40 do
    local amounts, sum = {}, decimal("0.00")
    for index = 1, count do
      amounts[index] = decimal(index * 7919 % 10007) * decimal("0.01")
    end
    local shares, discount = lines.shares(amounts, "3.33")
    for index, share in ipairs(shares) do
      sum = sum + share
      expect.truthy(share <= amounts[index] and share >= decimal(0))
    end
    expect.equal(tostring(sum), tostring(discount))
  end
end)

test("without lines everything is 0.00, with the whole given away too", function()
  local empty = lines.document({}, "10.00")
  expect.equal(tostring(empty.total), "0.00")
  local free = lines.document({ { quantity = "2", unit_price = "9.99", tax_rate = "13.00" } }, "100.00")
  expect.equal(tostring(free.discount), "19.98")
  expect.equal(tostring(free.total), "0.00")
end)

test("large documents stay exact", function()
  -- 999,999 × 9,999.99 = 9,999,980,000.01
  local item = { quantity = "999999", unit_price = "9999.99", tax_rate = "13.00" }
  local document = lines.document({ item }, "0")
  expect.equal(tostring(document.subtotal), "9999980000.01")
  -- 13 % is 1,299,997,400.0013
  expect.equal(tostring(document.tax), "1299997400.00")
  expect.equal(tostring(document.total), "11299977400.01")
end)
