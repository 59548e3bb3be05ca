-- The money of documents with lines, exact to the cent. Pure computation: reads and writes no records, so
-- that any plugin that needs sales may use it: local lines = require "sales/lib.lines".
--
-- Rounding. Every amount is rounded half up to the cent, once, at these places and nowhere else:
--   amount of a line    = quantity × unit price × (100 − discount %) / 100
--   whole discount      = sum of the lines' amounts × whole discount % / 100
--   tax of a line       = (amount − its share of the whole discount) × tax rate % / 100
-- All else is adding up. The whole discount is spread over the lines by largest remainder: each share is
-- amount × whole discount % / 100 cut to the cent, and the cents that are still missing go one each to the
-- lines with the largest cut-off parts, of equal ones to the earlier. So the sums of the lines are those of
-- the document.

local lines = {}

local ZERO = crm.decimal("0.00")
local CENT = crm.decimal("0.01")
local HUNDRED = crm.decimal(100)

local function number(value)
  return value and crm.decimal(value) or ZERO
end

--- A percentage of an amount, rounded half up to the cent.
function lines.percent(amount, rate)
  return (amount * number(rate)):div(HUNDRED, 2)
end

--- The amount of a line before tax: quantity × unit_price less discount_rate percent. Takes any table or
--- record with these fields, as decimals or texts; a missing one counts as 0.
function lines.amount(line)
  local gross = number(line.quantity) * number(line.unit_price)
  local rate = number(line.discount_rate)
  if rate:is_zero() then
    return gross:round(2)
  end
  return (gross * (HUNDRED - rate)):div(HUNDRED, 2)
end

-- The share of one amount cut to the cent, and what was cut off.
local function cut_share(amount, rate)
  local wanted = amount * rate
  local share = wanted:div(HUNDRED, 2)
  if share * HUNDRED > wanted then
    share = share - CENT
  end
  return share, wanted - share * HUNDRED
end

--- The shares of a list of amounts in a discount of rate percent on their sum: a list in the same order,
--- and their sum, which is the discount.
function lines.shares(amounts, rate)
  rate = number(rate)
  local shares, cut, subtotal, given = {}, {}, ZERO, ZERO
  for index, amount in ipairs(amounts) do
    local share, rest = cut_share(amount, rate)
    shares[index] = share
    cut[index] = { index = index, rest = rest }
    subtotal = subtotal + amount
    given = given + share
  end
  local discount = lines.percent(subtotal, rate)
  table.sort(cut, function(left, right)
    if left.rest ~= right.rest then
      return left.rest > right.rest
    end
    return left.index < right.index
  end)
  local next_line = 1
  while given < discount do
    local index = cut[next_line].index
    shares[index] = shares[index] + CENT
    given = given + CENT
    next_line = next_line + 1
  end
  return shares, discount
end

--- Tax and total of a line whose amount and share of the whole discount are known.
function lines.taxed(amount, share, tax_rate)
  local net = amount - number(share)
  local tax = lines.percent(net, tax_rate)
  return { amount = amount, discount_share = number(share), net = net, tax = tax, total = net + tax }
end

--- Computes a document. items: a list of tables or records with quantity, unit_price, discount_rate,
--- tax_rate; discount_rate: the whole discount in percent. Gives subtotal, discount, net, tax, total, and
--- lines with amount, discount_share, net, tax, total of each item in the same order.
function lines.document(items, discount_rate)
  local amounts = {}
  for index, item in ipairs(items) do
    amounts[index] = lines.amount(item)
  end
  local shares, discount = lines.shares(amounts, discount_rate)
  local document = { subtotal = ZERO, discount = discount, net = ZERO, tax = ZERO, total = ZERO, lines = {} }
  for index, item in ipairs(items) do
    local line = lines.taxed(amounts[index], shares[index], item.tax_rate)
    document.lines[index] = line
    document.subtotal = document.subtotal + line.amount
    document.net = document.net + line.net
    document.tax = document.tax + line.tax
    document.total = document.total + line.total
  end
  return document
end

return lines
