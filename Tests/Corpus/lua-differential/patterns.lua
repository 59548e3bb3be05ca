-- Patterns, most of them well made.
local letters = { "a", "a", "b", "b", "c", "1", " ", "x", "_", "=", "\0", "\n", "\xE4", "\x80", "\xFF", "中", "]", "-", "^", "$", "," }
local classes = { "%a", "%c", "%d", "%g", "%l", "%p", "%s", "%u", "%w", "%x" }
local opposite = { "%A", "%C", "%D", "%G", "%L", "%P", "%S", "%U", "%W", "%X" }
local escaped = { "%%", "%.", "%(", "%)", "%[", "%]", "%*", "%+", "%-", "%?", "%^", "%$", "%z", "%_", "%\0", "%é" }
local ranges = { "a-b", "a-z", "A-Z", "0-9", "\x80-\xBF", "\0-\x7F", "b-a", "a-", "-z", "--", "%a-z", "a-%d", "+--" }
local repeats = { "*", "+", "-", "?" }

local function set()
  local inner = once(4) and "^" or ""
  if once(6) then inner = inner .. "]" end
  for _ = 1, dice(3) do
    local kind = dice(5)
    if kind == 1 then
      inner = inner .. one(ranges)
    elseif kind == 2 then
      inner = inner .. one(once(3) and opposite or classes)
    elseif kind == 3 then
      inner = inner .. one(escaped)
    else
      inner = inner .. one(letters)
    end
  end
  return "[" .. inner .. "]"
end

-- One byte's worth, which may be repeated.
local function single()
  local kind = dice(10)
  if kind <= 4 then return one(letters) end
  if kind == 5 then return "." end
  if kind == 6 then return one(classes) end
  if kind == 7 then return one(opposite) end
  if kind == 8 then return one(escaped) end
  return set()
end

local function item(open, closed)
  local kind = dice(16)
  if kind == 1 then return "%b" .. one(letters) .. one(letters) end
  if kind == 2 then return "%f" .. set() end
  if kind == 3 and closed > 0 then return "%" .. (once(12) and dice(10) - 1 or dice(closed)) end
  if kind == 3 then return once(12) and "%" .. dice(10) - 1 or "()" end
  if kind == 4 then return "()" end
  if kind == 5 then return "%b()" end
  return single() .. (once(2) and one(repeats) or "")
end

local function pattern()
  local made, open, captures, closed = "", 0, 0, 0
  for _ = 1, dice(5) do
    if once(4) then made, open, captures = made .. "(", open + 1, captures + 1 end
    made = made .. item(open, closed)
    if open > 0 and once(2) then made, open, closed = made .. ")", open - 1, captures - open + 1 end
  end
  while open > 0 do made, open = made .. ")", open - 1 end
  if once(6) then made = "^" .. made end
  if once(6) then made = made .. "$" end
  if once(60) then made = made .. (single() .. one(repeats)):rep(dice(40)) end
  return made
end

-- One in twelve is broken: cut off, or with a byte too many.
local function any_pattern()
  local made = once(12) and text(4) or pattern()
  if not once(12) then return made end
  local at = dice(#made + 1) - 1
  local kind = dice(3)
  if kind == 1 then return made:sub(1, at) end
  if kind == 2 then return made:sub(1, at) .. one(pieces) .. made:sub(at + 1) end
  return made:sub(1, at) .. made:sub(at + 2)
end
