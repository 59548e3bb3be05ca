-- Finds out who received the goods, of which kind the flow is and to which month it belongs. This runs for each of
-- many thousand rows of an import: one look-up for most of them, and nothing that the row does not need.

local ONE = { params = {}, limit = 1 }

local function named(object, code)
  ONE.params[1] = code
  return crm.find(object, "code = ?", ONE)[1]
end

local function resolve(flow)
  local code = flow.receiver_code
  local hospital = named("hospital", code)
  flow.receiver_hospital = hospital
  flow.receiver_distributor = not hospital and named("distributor", code) or nil
end

-- The code of a receiver that was given as a record.
local function fill_code(flow)
  local receiver = flow.receiver_hospital or flow.receiver_distributor
  if receiver then
    flow.receiver_code = receiver.code
  end
end

return function(flow)
  if flow.receiver_code and flow:changed("receiver_code") then
    resolve(flow)
  elseif flow:changed("receiver_hospital") or flow:changed("receiver_distributor") then
    fill_code(flow)
  end
  if flow.kind ~= "factory" then
    flow.kind = flow:id_of("receiver_hospital") and "sale" or "transfer"
  end
  local day = flow.flow_on
  if day then
    local text = tostring(day)
    flow.month = text:sub(1, 4) .. text:sub(6, 7)
  end
end
