local ones = {
  math.abs, math.ceil, math.floor, math.sqrt, math.exp, math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.rad, math.deg,
  math.modf, math.tointeger, math.type, math.log,
}
local twos = { math.fmod, math.fmod, math.ult, math.log, math.atan }

local function value()
  if once(30) then return any() end
  if once(15) then return one(numerals) end
  return number()
end

local function case()
  local kind = dice(6)
  if kind <= 3 then
    if once(40) then return one(ones) end
    return one(ones), value()
  end
  if kind == 4 then
    if once(3) then return one(twos), value(), one({ 2, 2.0, 10, 10.0, 1, 0, -1, 0.5 }) end
    return one(twos), value(), value()
  end
  local list, size = {}, once(20) and 0 or dice(4)
  for index = 1, size do list[index] = value() end
  return once(2) and math.max or math.min, spread(list, size)
end
