local function all(subject, wanted, from)
  local found = {}
  for a, b, c in string.gmatch(subject, wanted, from) do
    found[#found + 1] = shown(a, b, c)
    if #found == 40 then break end
  end
  return found
end

local function case() return all, mostly(text()), mostly(any_pattern()), once(4) and mostly(position()) or nil end
