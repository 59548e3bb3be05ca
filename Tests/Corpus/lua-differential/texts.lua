local function case()
  local kind = dice(7)
  if kind == 1 then return string.sub, mostly(text()), mostly(position()), once(3) and mostly(position()) or nil end
  if kind == 2 then return string.byte, mostly(text()), once(4) and mostly(position()) or nil, once(3) and mostly(position()) or nil end
  if kind == 3 then
    local list, size = {}, dice(6) - 1
    for index = 1, size do list[index] = mostly(once(20) and integer() or dice(256) - 1) end
    return string.char, spread(list, size)
  end
  if kind == 4 then return string.reverse, mostly(text()) end
  if kind == 5 then return string.upper, mostly(text()) end
  if kind == 6 then return string.lower, mostly(text()) end
  return string.len, mostly(text())
end
