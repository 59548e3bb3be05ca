-- Half of the data are what the format packs, the rest are any bytes.
local bytes = { "\0", "\0", "\0", "\1", "\x7F", "\x80", "\xFF", "\xFF", "a", "中", "\0\0\0\0\0\0\0", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF" }

local function case()
  local list = { n = 0 }
  local made = packing(list)
  local packed, data = pcall(string.pack, made, spread(list, list.n))
  -- A format with a zero byte is refused here alone, and packs nothing.
  local fresh = once(2)
  if fresh or not packed or made:find("\0", 1, true) then data = some(bytes, 24) end
  local from
  if once(4) then
    from = mostly(position())
    if once(2) then data, from = "\0\0\0" .. data, mostly(4) end
  end
  return string.unpack, mostly(made), mostly(data), from
end
