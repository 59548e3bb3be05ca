-- The receiver must be known. The other checks are rules of the object. When a value of the flow cannot be read, hooks
-- have not run; then the code is looked up here, so that only what is wrong is said.

local receivers = require "lib.receivers"

return function(flow, fail)
  if flow:id_of("receiver_hospital") or flow:id_of("receiver_distributor") then
    return
  end
  local code = flow.receiver_code
  if not code then
    fail("receiver_code", crm.t("flow.no_receiver"))
    return
  end
  local hospital, distributor = receivers.named(code)
  if not hospital and not distributor then
    fail("receiver_code", crm.t("flow.unknown_receiver", { code = code }))
  end
end
