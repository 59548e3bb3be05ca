-- What an event cost and what it brought: the drug's quantity into hospitals before and after it.

local function quantity(event, first, last)
  local where = "kind = 'sale' and batch.drug = ? and flow_on between ? and ? and "
  local params = { event:id_of("drug"), first, last }
  if event:id_of("hospital") then
    where, params[4] = where .. "receiver_hospital = ?", event:id_of("hospital")
  else
    where, params[4] = where .. "receiver_hospital.province = ?", event.province
  end
  local sum = crm.aggregate("flow", { where = where, params = params, measures = { q = "sum(quantity)" } })[1]
  return sum and sum.q or 0
end

local function measure(event)
  local days, day = crm.plugin.settings.effect_days, event.held_on
  local before = quantity(event, day - days, day - 1)
  local after = quantity(event, day + 1, day + days)
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
