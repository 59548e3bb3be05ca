-- What all cases share: dice that fall the same in both states, the values that are worth trying, and how results are written down.
-- Nothing here uses what is compared, but for the writing of floats.
local seed, first, count, verbose = ...

local state
local function start(case)
  state = (seed * 0x9E3779B97F4A7C15 ~ case * 0xBF58476D1CE4E5B9) | 1
  for _ = 1, 4 do
    state = state ~ state << 13
    state = state ~ state >> 7
    state = state ~ state << 17
  end
end

-- A number from 1 to `most`.
local function dice(most)
  state = state ~ state << 13
  state = state ~ state >> 7
  state = state ~ state << 17
  return (state >> 33) % most + 1
end

-- True once in `times`.
local function once(times) return dice(times) == 1 end

local function one(list) return list[dice(#list)] end

-- So many pieces of a list in a row, at most.
local function some(list, most)
  local text = ""
  for _ = 1, dice(most + 1) - 1 do text = text .. list[dice(#list)] end
  return text
end

local pieces = {
  "a", "a", "b", "b", "ab", "aab", "c", "1", "2", "10", " ", "_", "%", "-", ".", ",", "(", ")", "[", "]", "^", "$", "*", "+", "?",
  "中", "文", "é", "𠀀", "\0", "\x80", "\xFF", "\n", "\t", "A", "Z", "=", "'", "\"", "\\",
}
local simple = { "a", "a", "a", "b", "b", "c", "1", " ", "中", "(", ")" }

local function text(most) return some(once(3) and pieces or simple, most or 12) end

local integers = {
  0, 1, -1, 2, -2, 3, -3, 4, 5, 7, 8, 10, 16, 31, 32, 33, 63, 64, 99, 100, 127, 128, -128, -129, 255, 256, 32767, 32768, 65535, 65536,
  2147483647, 2147483648, -2147483648, -2147483649, 4294967295, 4294967296, 1 << 53, (1 << 53) + 1, -(1 << 53),
  math.maxinteger, math.maxinteger - 1, math.mininteger, math.mininteger + 1,
}
local floats = {
  0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.5, 3.0, -3.7, 0.1, 1 / 3, 100.0, 1e15, 1e16, 123456789.123, 1e100, -1e100, 1e300, 1e308,
  1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1 / 0, -1 / 0, 0 / 0, 2.0 ^ 53, 2.0 ^ 62, 2.0 ^ 63, -2.0 ^ 63, 2.0 ^ 64,
  9007199254740993.0, 3.141592653589793,
}
local numerals = {
  "10", "-7", " 12 ", "0x10", "0xff", "1e2", "1.5", "3.0", "", "x", "0x", "1e", "9223372036854775807", "9223372036854775808",
  "0xffffffffffffffff", "1e400", "inf", "nan", "٣", "12a", " ", "0x1p4",
}

local function small() return dice(24) - 8 end
local function integer()
  local kind = dice(4)
  if kind == 1 then return one(integers) end
  if kind == 2 then return dice(1 << 30) * dice(1 << 30) * (once(2) and 1 or -1) end
  return small()
end
local function float()
  local kind = dice(3)
  if kind == 1 then return one(floats) end
  if kind == 2 then return small() / dice(64) end
  return (dice(1 << 30) - (1 << 29)) / dice(1 << 20) * 10.0 ^ (dice(40) - 20)
end
local function number() return once(2) and integer() or float() end

-- Where a text is taken from: mostly near it, now and then at the ends of what there is.
local function position()
  if once(12) then return one(integers) end
  return dice(20) - 8
end

-- Any value: what is wanted is seldom this.
local function any()
  local kind = dice(10)
  if kind <= 2 then return integer() end
  if kind == 3 then return float() end
  if kind == 4 then return one(numerals) end
  if kind == 5 then return nil end
  if kind == 6 then return once(2) end
  if kind == 7 then return {} end
  return text(4)
end

-- Mostly the value given, now and then any.
local function mostly(value)
  if once(40) then return any() end
  return value
end

-- Its items as values, with those behind the last left out.
local function spread(list, count, from)
  from = from or 1
  if from <= count then return list[from], spread(list, count, from + 1) end
end

local function show(value)
  local kind = type(value)
  if kind == "string" then return "s" .. #value .. ":" .. value end
  if kind == "number" then
    if math.type(value) == "integer" then return "i" .. value end
    if value ~= value then return "nan" end
    return string.format("%a", value)
  end
  if kind == "boolean" then return value and "true" or "false" end
  if kind == "table" then
    local shown, index = "{", 1
    while rawget(value, index) ~= nil do
      shown, index = shown .. show(rawget(value, index)) .. ",", index + 1
    end
    if rawget(value, "n") ~= nil then shown = shown .. "n=" .. show(rawget(value, "n")) end
    return shown .. "}"
  end
  return kind
end

local function shown(...)
  local list, result = { ... }, "("
  for index = 1, select("#", ...) do result = result .. show(list[index]) .. ";" end
  return result .. ")"
end

-- What came of a call; with what it was called, too, when it is asked for.
local function outcome(f, ...)
  local came = shown(pcall(f, ...))
  if verbose then came = shown(...) .. " gives " .. came end
  return came
end
