-- Numbers that look random and are the same each time.

local random = {}

local state = 20261121

--- A whole number from low to high.
function random.integer(low, high)
  state = (state * 1103515245 + 12345) % 2147483648
  return low + (state >> 8) % (high - low + 1)
end

--- One of a list.
function random.pick(list)
  return list[random.integer(1, #list)]
end

return random
