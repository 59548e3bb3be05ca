local flags = { "-", "+", " ", "#", "0" }
local conversions = { "d", "i", "u", "o", "x", "X", "a", "A", "e", "E", "f", "F", "g", "G", "s", "q", "c" }
local strange = { "y", "p", "n", "l", "", "%", "$", "*", "ld", "5", "1.", "中", "\0", "hd", "S", "D" }

local function specification(list)
  local made = "%"
  if once(3) then made = made .. some(flags, once(20) and 7 or 2) end
  if once(3) then made = made .. (once(20) and dice(2000) or dice(30) - 1) end
  if once(3) then made = made .. "." .. (once(5) and "" or once(20) and dice(2000) or dice(30) - 1) end
  local wanted = once(25) and one(strange) or one(conversions)
  local value
  if wanted == "q" and not once(10) then made = "%" end
  if wanted == "c" then
    value = dice(256) - 1
  elseif wanted == "s" or wanted == "q" then
    value = once(3) and any() or once(4) and number() or text(10)
  elseif wanted == "d" or wanted == "i" or wanted == "x" or wanted == "X" or wanted == "o" or wanted == "u" then
    value = once(10) and float() or once(10) and one(numerals) or integer()
  else
    value = once(10) and one(numerals) or number()
  end
  list.n = list.n + 1
  list[list.n] = once(80) and any() or value
  return made .. wanted
end

local function case()
  local made, list = "", { n = 0 }
  for _ = 1, dice(3) do
    if once(2) then made = made .. text(3) end
    if once(8) then made = made .. "%%" end
    made = made .. specification(list)
  end
  if once(60) then list.n = list.n - 1 end
  return string.format, once(100) and any() or made, spread(list, list.n)
end
