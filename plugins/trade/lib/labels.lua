-- Prices and amounts as commands answer with them.

local currencies = require "lib.currencies"
local text = require "lib.text"

local labels = {}

--- An amount with its currency: "USD 1,234.50".
function labels.amount(currency, amount)
  return currency .. " " .. text.money(amount, currencies.places(currency))
end

--- The prices of a budget: "FOB USD 31.72, CFR USD 31.84"; those it has.
function labels.prices(budget)
  local parts = {}
  for _, term in ipairs({ "FOB", "CFR", "CIF" }) do
    local price = budget[term:lower() .. "_price"]
    if price then
      parts[#parts + 1] = term .. " " .. labels.amount(budget.currency, price)
    end
  end
  return table.concat(parts, ", ")
end

return labels
