local parts = {
  "a", "é", "中", "文", "𠀀", "\0", "\x7F", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10FFFF}", "\u{110000}", "\u{7FFFFFFF}", "\u{D800}",
  "\u{DFFF}", "\x80", "\xBF", "\xC0\x80", "\xC1", "\xE0\x80\x80", "\xE4", "\xE4\xB8", "\xF0\x80\x80\x80", "\xFE", "\xFF", "\xFD", "\xF8\x88",
}
local codes = { 0, 1, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF, 0x110000, 0x7FFFFFFF, 0x80000000, -1 }

local function written() return once(2) and some({ "a", "é", "中", "𠀀" }, 8) or some(parts, 8) end
local function lax() return once(4) and mostly(once(2)) or nil end

local function walked(subject, loose)
  local seen = {}
  for at, code in utf8.codes(subject, loose) do
    seen[#seen + 1], seen[#seen + 2] = at, code
    if #seen > 60 then break end
  end
  return seen
end

local function case()
  local kind = dice(6)
  if kind == 1 then
    local list, size = {}, dice(5) - 1
    for index = 1, size do list[index] = mostly(once(2) and one(codes) or dice(0x30000)) end
    return utf8.char, spread(list, size)
  end
  if kind == 2 then
    return utf8.codepoint, mostly(written()), once(2) and mostly(position()) or nil, once(2) and mostly(position()) or nil, lax()
  end
  if kind == 3 then return utf8.len, mostly(written()), once(2) and mostly(position()) or nil, once(2) and mostly(position()) or nil, lax() end
  if kind == 4 then return utf8.offset, mostly(written()), mostly(position()), once(2) and mostly(position()) or nil end
  if kind == 5 then return walked, mostly(written()), lax() end
  return string.gsub, written(), utf8.charpattern, "<%0>"
end
