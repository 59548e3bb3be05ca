-- What an academic event brought: the drug's quantity into hospitals before and after it, from the flows as they are.

local effects = {}

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

local MEASURED = { held = true, evaluated = true }

--- What the drug sold in the days before and after an event, as many as the setting effect_days says; nil before it was
--- held.
function effects.of(event)
  if not MEASURED[event.status] then
    return nil
  end
  local days, day = crm.plugin.settings.effect_days, event.held_on
  return quantity(event, day - days, day - 1), quantity(event, day + 1, day + days)
end

return effects
