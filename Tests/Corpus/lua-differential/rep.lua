-- What would be longer than 16 MB is not tried, unless no machine has room for it: it is refused here and made there. Nothing, many
-- times, is not tried either: Lua would do it so many times.
local huge = { math.maxinteger, math.maxinteger - 1, 1 << 62, (1 << 62) + 1, math.mininteger, -1, 0, 1, 2 }

local function case()
  local piece, between = text(6), once(2) and text(4) or nil
  if once(8) then
    return string.rep, piece .. "a", one(huge), between
  end
  if once(40) then return string.rep, piece .. "a", once(2) and one(numerals) or small() / 2, mostly(between) end
  return string.rep, mostly(piece), dice(40) - 4, mostly(between)
end
