-- Numbers as papers and messages have them.

local text = {}

--- A measure or percentage without zeros at its end: 27.00 is "27". Empty for nil.
function text.plain(number)
  if number == nil then
    return ""
  end
  local digits = tostring(number)
  if digits:find(".", 1, true) then
    digits = digits:gsub("0+$", ""):gsub("%.$", "")
  end
  return digits
end

--- The same with commas: 2400.000 is "2,400".
function text.grouped(number)
  if number == nil then
    return ""
  end
  local whole, rest = text.plain(number):match("^(-?%d+)(.*)$")
  local grouped = whole:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^(-?),", "%1")
  return grouped .. rest
end

--- An amount with the places of its currency: "1,234.50". Empty for nil.
function text.money(amount, places)
  return amount and amount:round(places or 2):format() or ""
end

return text
