-- Exact fractions of whole numbers of any size, for prices that are rounded once, at the end. Not negative.
--
-- A natural number is a list of limbs of seven digits, the lowest first, without zeros at its end; zero is
-- the empty list. A fraction is { num, den } with the operators + * /.

local fraction = {}

local DIGITS, LIMB = 7, 10000000

local meta = {}

local function trimmed(limbs)
  while limbs[#limbs] == 0 do
    limbs[#limbs] = nil
  end
  return limbs
end

local function from_digits(digits)
  local limbs = {}
  for last = #digits, 1, -DIGITS do
    limbs[#limbs + 1] = math.tointeger(tonumber(digits:sub(math.max(1, last - DIGITS + 1), last)))
  end
  return trimmed(limbs)
end

local function to_digits(limbs)
  local parts = {}
  for index = #limbs, 1, -1 do
    parts[#parts + 1] = string.format("%07d", limbs[index])
  end
  return table.concat(parts)
end

local function add(left, right)
  local sum, carry = {}, 0
  for index = 1, math.max(#left, #right) do
    local total = (left[index] or 0) + (right[index] or 0) + carry
    sum[index], carry = total % LIMB, total // LIMB
  end
  if carry > 0 then
    sum[#sum + 1] = carry
  end
  return sum
end

-- left - right, where left is not smaller.
local function subtract(left, right)
  local rest, borrow = {}, 0
  for index = 1, #left do
    local difference = left[index] - (right[index] or 0) - borrow
    borrow = difference < 0 and 1 or 0
    rest[index] = difference + borrow * LIMB
  end
  return trimmed(rest)
end

local function multiply(left, right)
  local product = {}
  for index = 1, #left + #right do
    product[index] = 0
  end
  for i, factor in ipairs(left) do
    local carry = 0
    for j, other in ipairs(right) do
      local total = product[i + j - 1] + factor * other + carry
      product[i + j - 1], carry = total % LIMB, total // LIMB
    end
    product[i + #right] = product[i + #right] + carry
  end
  return trimmed(product)
end

local function less(left, right)
  if #left ~= #right then
    return #left < #right
  end
  for index = #left, 1, -1 do
    if left[index] ~= right[index] then
      return left[index] < right[index]
    end
  end
  return false
end

-- The digits of the whole part of dividend / divisor, by long division.
local function divide(dividend, divisor)
  local quotient, rest, ten = {}, {}, { 10 }
  for digit in to_digits(dividend):gmatch("%d") do
    rest = add(multiply(rest, ten), trimmed({ math.tointeger(tonumber(digit)) }))
    local count = 0
    while not less(rest, divisor) do
      rest, count = subtract(rest, divisor), count + 1
    end
    quotient[#quotient + 1] = count
  end
  return (table.concat(quotient):gsub("^0+(%d)", "%1"))
end

local function make(num, den)
  return setmetatable({ num = num, den = den }, meta)
end

--- A fraction of a decimal, an integer or a fraction.
function fraction.of(value)
  if getmetatable(value) == meta then
    return value
  end
  local whole, places = tostring(value):match("^(%d+)%.?(%d*)$")
  if not whole then
    error("not a number that is zero or greater: " .. tostring(value), 2)
  end
  return make(from_digits(whole .. places), from_digits("1" .. ("0"):rep(#places)))
end

function meta.__add(left, right)
  left, right = fraction.of(left), fraction.of(right)
  local num = add(multiply(left.num, right.den), multiply(right.num, left.den))
  return make(num, multiply(left.den, right.den))
end

function meta.__mul(left, right)
  left, right = fraction.of(left), fraction.of(right)
  return make(multiply(left.num, right.num), multiply(left.den, right.den))
end

function meta.__div(left, right)
  left, right = fraction.of(left), fraction.of(right)
  if #right.num == 0 then
    error("division by zero", 2)
  end
  return make(multiply(left.num, right.den), multiply(left.den, right.num))
end

--- The decimal nearest to a fraction with so many places; a half goes up.
function fraction.round(value, places)
  local two = { 2 }
  local shifted = multiply(value.num, from_digits("2" .. ("0"):rep(places)))
  local digits = divide(add(shifted, value.den), multiply(value.den, two))
  if digits == "" then
    digits = "0"
  end
  if places > 0 then
    digits = ("0"):rep(places + 1 - #digits) .. digits
    digits = digits:sub(1, -places - 1) .. "." .. digits:sub(-places)
  end
  return crm.decimal(digits)
end

return fraction
