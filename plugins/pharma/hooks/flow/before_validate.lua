-- Finds out who received the goods, of which kind the flow is and to which month it belongs. This runs for each of
-- many thousand rows of an import, so it does nothing that the row does not need.

local receivers = require "lib.receivers"

-- The code of a receiver that was given as a record.
local function fill_code(flow)
  local receiver = flow.receiver_hospital or flow.receiver_distributor
  if receiver then
    flow.receiver_code = receiver.code
  end
end

local function set_receiver(flow, code)
  local hospital, distributor = receivers.named(code)
  if hospital or not flow:is_new() then
    flow.receiver_hospital = hospital
  end
  if distributor or not flow:is_new() then
    flow.receiver_distributor = distributor
  end
end

return function(flow)
  local code = flow.receiver_code
  if code and flow:changed("receiver_code") then
    set_receiver(flow, code)
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
