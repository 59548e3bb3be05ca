-- The list of product classes that a visitor is interested in, one text: 种子种苗、冷链物流.

local interests = {}

-- What people type between two of them. Lua's patterns know bytes, so each sign is replaced as a whole.
local SEPARATORS = { "，", "；", "／", ",", ";", "/", "|", "\n", "\t" }

--- The names in a list, in their order, each once.
function interests.split(text)
  for _, separator in ipairs(SEPARATORS) do
    text = text:gsub(separator, "、")
  end
  local names, seen = {}, {}
  for name in (text .. "、"):gmatch("(.-)、") do
    name = name:match("^%s*(.-)%s*$")
    if name ~= "" and not seen[name] then
      seen[name] = true
      names[#names + 1] = name
    end
  end
  return names
end

--- The list as it is kept.
function interests.tidy(text)
  return table.concat(interests.split(text), "、")
end

return interests
