-- Follows a batch through its flows (质量反查): from the manufacturer over any number of distributors to the hospitals.
--
-- Opening stock of every distributor is 0. What a distributor shipped beyond what it received on record must have come
-- to it without a record; this is its shortage. So for every batch
--     received by hospitals + remaining with distributors - shortage = delivered by the manufacturer on record.

local sums = require "lib.sums"

local trace = {}

local SEPARATOR = " → "

local function node(graph, record, kind)
  local key = kind .. record.id
  local found = graph.nodes[key]
  if not found then
    found = {
      key = key, kind = kind, id = record.id, code = record.code, name = record.name, record = record,
      received = 0, shipped = 0, from_factory = 0, next = {},
    }
    graph.nodes[key] = found
    local list = kind == "distributor" and graph.distributors or graph.hospitals
    list[#list + 1] = found
  end
  return found
end

local function read(batch_id)
  local graph = { nodes = {}, distributors = {}, hospitals = {} }
  local edges = sums.all("flow", {
    where = "batch = ?",
    params = { batch_id },
    group = { shipper = "shipper", distributor = "receiver_distributor", hospital = "receiver_hospital" },
    measures = { quantity = "sum(quantity)", last = "max(flow_on)" },
  })
  for _, edge in ipairs(edges) do
    local receiver = edge.hospital and node(graph, edge.hospital, "hospital")
      or node(graph, edge.distributor, "distributor")
    receiver.received = receiver.received + edge.quantity
    if not receiver.last or edge.last > receiver.last then
      receiver.last = edge.last
    end
    if edge.shipper then
      local shipper = node(graph, edge.shipper, "distributor")
      shipper.shipped = shipper.shipped + edge.quantity
      shipper.next[#shipper.next + 1] = receiver
    else
      receiver.from_factory = edge.quantity
    end
  end
  return graph
end

local function by_code(left, right)
  return left.code < right.code
end

-- Gives depth and path to everything that can be reached from the nodes of a queue; each node once, so cycles end.
local function walk(queue)
  local position = 1
  while queue[position] do
    local current = queue[position]
    position = position + 1
    table.sort(current.next, by_code)
    for _, receiver in ipairs(current.next) do
      if not receiver.depth then
        receiver.depth = current.depth + 1
        receiver.path = current.path .. SEPARATOR .. receiver.code
        if receiver.kind == "distributor" then
          queue[#queue + 1] = receiver
        end
      end
    end
  end
end

local function start(distributors, is_source)
  local queue = {}
  for _, distributor in ipairs(distributors) do
    if not distributor.depth and is_source(distributor) then
      distributor.depth, distributor.path = 1, distributor.code
      queue[#queue + 1] = distributor
    end
  end
  return queue
end

local function balance(graph)
  for _, distributor in ipairs(graph.distributors) do
    local rest = distributor.received - distributor.shipped
    distributor.balance = rest
    distributor.remaining = math.max(rest, 0)
    distributor.shortage = math.max(-rest, 0)
  end
  for _, hospital in ipairs(graph.hospitals) do
    if hospital.from_factory > 0 then
      hospital.depth, hospital.path = 1, hospital.code
    end
  end
end

local function add_up(graph)
  local totals = { factory = 0, hospitals = 0, remaining = 0, shortage = 0 }
  for _, distributor in ipairs(graph.distributors) do
    totals.factory = totals.factory + distributor.from_factory
    totals.remaining = totals.remaining + distributor.remaining
    totals.shortage = totals.shortage + distributor.shortage
  end
  for _, hospital in ipairs(graph.hospitals) do
    totals.factory = totals.factory + hospital.from_factory
    totals.hospitals = totals.hospitals + hospital.received
  end
  totals.in_circulation = totals.hospitals + totals.remaining
  return totals
end

-- The totals come from the walk; the flows are added up once more without it, and both must agree.
local function reconcile(batch, totals)
  local kinds = crm.aggregate("flow", {
    where = "batch = ?",
    params = { batch.id },
    group = { "kind" },
    measures = { quantity = "sum(quantity)" },
  })
  local factory = 0
  for _, kind in ipairs(kinds) do
    factory = kind.kind == "factory" and kind.quantity or factory
  end
  if totals.hospitals + totals.remaining - totals.shortage ~= factory or totals.factory ~= factory then
    error({ code = "internal", message = crm.t("trace.not_reconciled", { batch = batch.code }) })
  end
end

--- Traces a batch. Gives `distributors` and `hospitals`, each with id, code, name, record, received, shipped, depth
--- (steps from the manufacturer), path and last (day of the last receipt), distributors also with balance, remaining
--- and shortage; and `totals` with factory, hospitals, remaining, shortage and in_circulation.
function trace.batch(batch)
  local graph = read(batch.id)
  balance(graph)
  table.sort(graph.distributors, by_code)
  table.sort(graph.hospitals, by_code)
  walk(start(graph.distributors, function(distributor)
    return distributor.from_factory > 0 or distributor.shortage > 0
  end))
  -- What is left are circles that only pass goods among themselves.
  for _, distributor in ipairs(graph.distributors) do
    walk(start({ distributor }, function()
      return true
    end))
  end
  graph.totals = add_up(graph)
  reconcile(batch, graph.totals)
  return graph
end

--- Who delivered a batch to a hospital: a list of distributor, quantity, first and last day, the greatest first.
function trace.suppliers(batch_id, hospital_id)
  local rows = crm.aggregate("flow", {
    where = "batch = ? and receiver_hospital = ?",
    params = { batch_id, hospital_id },
    group = { distributor = "shipper" },
    measures = { quantity = "sum(quantity)", first = "min(flow_on)", last = "max(flow_on)" },
  })
  table.sort(rows, function(left, right)
    if left.quantity ~= right.quantity then
      return left.quantity > right.quantity
    end
    return (left.distributor and left.distributor.code or "") < (right.distributor and right.distributor.code or "")
  end)
  return rows
end

return trace
