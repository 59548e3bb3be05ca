-- In, out and balance of every distributor for every batch.

local balances = {}

--- The balances of one batch: distributor id → received and shipped. Opening stock is 0.
function balances.of_batch(batch_id)
  local held = {}
  local function entry(record)
    local found = held[record.id]
    if not found then
      found = { id = record.id, received = 0, shipped = 0 }
      held[record.id] = found
    end
    return found
  end
  local function sums(field)
    return crm.aggregate("flow", {
      where = "batch = ? and " .. field .. " is not empty",
      params = { batch_id },
      group = { holder = field },
      measures = { quantity = "sum(quantity)" },
    })
  end
  for _, sum in ipairs(sums("receiver_distributor")) do
    entry(sum.holder).received = sum.quantity
  end
  for _, sum in ipairs(sums("shipper")) do
    entry(sum.holder).shipped = sum.quantity
  end
  return held
end

--- The distributors by id: code, name, level and its label. Read once for a report.
function balances.distributors()
  local by_id = {}
  for distributor in crm.each("distributor") do
    by_id[distributor.id] = {
      code = distributor.code,
      name = distributor.name,
      level = distributor.level,
      level_label = distributor:label("level"),
    }
  end
  return by_id
end

return balances
