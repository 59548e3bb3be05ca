local function elements(make)
  local list = {}
  for index = 1, dice(13) - 1 do list[index] = make() end
  return list
end
local function written() return once(2) and small() or once(4) and float() or text(3) end

-- What has one order alone: texts, or floats that are numbers. Equal ones cannot be told apart.
local function ordered()
  local list = elements(once(2) and function() return text(3) end or function()
    local value = number() + 0.0
    return value == value and value or 0.0
  end)
  local other = once(30) and any()
  if other and type(other) ~= "number" then list[dice(#list + 1)] = other end
  return list
end

-- A number, or what is none; never one so great that Lua would move elements for ever.
local others = { 1.0, 1.5, "2", "x", {}, true }
local function near(value)
  if once(40) then return one(others) end
  return value
end

local function descending(a, b) return a > b end
local function shorter(a, b) return #a < #b or #a == #b and a < b end

-- The function, and what it left in the table.
local function on(f)
  return function(list, ...) return shown(f(list, ...)), list end
end
local insert, remove, move = on(table.insert), on(table.remove), on(table.move)

-- Where the order fails, the list is as it was here and half sorted there, and what could not be compared depends on the way.
local function sort(list, order)
  local sorted, message = pcall(table.sort, list, order)
  if sorted then return list end
  return message:find("attempt to compare", 1, true) and "incomparable" or message
end

local function case()
  local kind = dice(8)
  if kind == 1 then
    local first = once(2) and mostly(position()) or nil
    return table.concat, mostly(elements(once(30) and any or written)), once(2) and mostly(text(2)) or nil, first, first and once(2) and dice(14) or nil
  end
  if kind == 2 then
    if once(2) then return insert, mostly(elements(written)), mostly(text(2)) end
    if once(40) then return insert, elements(written) end
    return insert, elements(written), mostly(position()), written()
  end
  if kind == 3 then return remove, mostly(elements(written)), once(2) and mostly(position()) or nil end
  if kind == 4 then
    local target = once(3) and elements(written) or nil
    return move, mostly(elements(written)), near(dice(8) - 1), near(dice(14)), near(dice(14)), target
  end
  if kind == 5 then
    local list = elements(written)
    return table.pack, spread(list, #list)
  end
  if kind == 6 then
    local last = once(2) and near(once(40) and math.maxinteger or dice(20)) or nil
    return table.unpack, mostly(elements(written)), once(2) and near(small()) or nil, last
  end
  if kind == 7 and once(2) then
    -- At the ends of what integers there are; a few elements, as more are refused here and take for ever there.
    local from = one(integers)
    return move, elements(written), from, from + dice(4) - 2, one(integers)
  end
  local list = mostly(ordered())
  local order = once(3) and descending or nil
  if once(8) then list, order = elements(function() return text(3) end), shorter end
  return sort, list, once(40) and any() or order
end
