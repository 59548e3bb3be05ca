-- Formats of `string.pack`, and the values for them.
local plain = { "b", "B", "h", "H", "l", "L", "j", "J", "T", "f", "d", "n", "s", "z", "x" }
local sized = { "i", "I", "s", "c", "!" }
local orders = { "<", ">", "=", " ", "!" }
local strange = { "y", "i0", "i17", "I99999999999999999999", "s0", "c", "X", "Xz", "Xc4", "X ", "!3", "\0", "中", "%", "-", "!17", "1" }

local function packing(list)
  local made = ""
  for _ = 1, dice(5) do
    local kind, option, size = dice(12), "", 8
    if once(3) then made = made .. one(orders) end
    if kind <= 6 then
      option = one(plain)
      size = ({ b = 1, B = 1, h = 2, H = 2 })[option] or 8
      made = made .. option
    elseif kind <= 9 then
      option = one(sized)
      size = option == "!" and 1 << dice(5) - 1 or dice(once(20) and 20 or 9)
      made = made .. option .. size
    elseif kind == 10 then
      made = made .. "X" .. one(plain)
    elseif kind == 11 then
      made = made .. (once(3) and one(strange) or "i" .. (1 << dice(4)))
      option, size = "i", 2
    end
    local value
    if option == "f" or option == "d" or option == "n" then
      value = number()
    elseif option == "s" or option == "z" or option == "c" then
      value = text(4)
    elseif option ~= "" and option ~= "x" and option ~= "!" then
      value = once(4) and integer() or dice(1 << (size < 4 and size * 8 or 31)) >> 1
    end
    if value ~= nil then
      list.n = list.n + 1
      list[list.n] = mostly(value)
    end
  end
  return made
end
