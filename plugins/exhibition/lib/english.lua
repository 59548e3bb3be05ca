-- Amounts in English words, as letters to foreign exhibitors have them.

local english = {}

local SMALL = {
  [0] = "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
  "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
}
local TENS = { "Ten", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety" }
local SCALES = { "", " Thousand", " Million", " Billion", " Trillion" }

local function below_hundred(number)
  if number < 20 then
    return SMALL[number]
  end
  local unit = number % 10
  return TENS[number // 10] .. (unit > 0 and "-" .. SMALL[unit] or "")
end

local function below_thousand(number)
  local hundreds, rest = number // 100, number % 100
  if hundreds == 0 then
    return below_hundred(rest)
  end
  return SMALL[hundreds] .. " Hundred" .. (rest > 0 and " and " .. below_hundred(rest) or "")
end

--- A whole number from 0 to 999,999,999,999,999 in words.
function english.number(number)
  if number == 0 then
    return SMALL[0]
  end
  local groups, scale = {}, 1
  while number > 0 do
    local group = number % 1000
    if group > 0 then
      table.insert(groups, 1, below_thousand(group) .. SCALES[scale])
    end
    number, scale = number // 1000, scale + 1
  end
  return table.concat(groups, " ")
end

--- An amount of yuan in words, "RMB Nine Yuan and Fifty Fen Only"; amount is a decimal, not negative.
function english.yuan(amount)
  local whole, cents = tostring(amount:round(2)):match("^(%d+)%.?(%d*)$")
  local text = "RMB " .. english.number(math.tointeger(tonumber(whole))) .. " Yuan"
  local fen = math.tointeger(tonumber(cents ~= "" and cents or "0"))
  if fen > 0 then
    text = text .. " and " .. english.number(fen) .. " Fen"
  end
  return text .. " Only"
end

return english
