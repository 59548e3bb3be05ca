-- What an event cost and what it brought: the drug's quantity into hospitals before and after it.

local effects = require "lib.effects"

local function measure(event)
  local before, after = effects.of(event)
  event.quantity_before, event.quantity_after = before, after
  event.growth = before > 0 and crm.decimal((after - before) * 100):div(crm.decimal(before), 2) or nil
end

return function(event)
  local cost, heads = event.cost, event.attended
  local zero = crm.decimal(0)
  event.budget_used = cost and event.budget > zero and (cost * crm.decimal(100)):div(event.budget, 2) or nil
  event.cost_per_head = cost and heads and heads > 0 and cost:div(crm.decimal(heads), 2) or nil
  if event.status == "held" or event.status == "evaluated" then
    measure(event)
  end
end
