local replacements = { "", "x", "[%0]", "<%1>", "%2%1", "%%", "%9", "%", "%a", "中", "%0%0", "a%1b%2c", "\0", "%1%", "%00", "%-" }
local values = { "X", 7, 1.5, false, true, {}, "", "中" }

local function replacement()
  local kind = dice(6)
  if kind == 1 then return { a = "A", b = 1, ["1"] = false, ab = "中", [" "] = 2.5, [1] = "one", [2] = true, c = {} } end
  if kind == 2 then
    local value = one(values)
    return function(...) return value and shown(...) .. "|" or value end
  end
  if kind == 3 then
    local value = one(values)
    return function() return value end
  end
  return one(replacements)
end

local function case()
  local most = once(5) and (dice(6) - 2) or once(40) and any() or nil
  return string.gsub, mostly(text()), mostly(any_pattern()), mostly(replacement()), most
end
