local digits = { "0", "1", "7", "9", "a", "f", "z", "x", ".", "e", "p", "-", "+", " ", "0x", "\n", "\0", "中" }
local function case()
  local kind = dice(4)
  if kind == 1 then return tonumber, once(2) and one(numerals) or some(digits, 6) end
  if kind == 2 then return tonumber, mostly(some(digits, 4)), mostly(dice(38)) end
  if kind == 3 then return tostring, once(3) and integer() or float() end
  return select, once(8) and any() or dice(8) - 4, 1, "b", nil, 4.5
end
