-- The receiver must be known: the hook has looked for it by its code. The other checks are rules of the object.

return function(flow, fail)
  if flow:id_of("receiver_hospital") or flow:id_of("receiver_distributor") then
    return
  end
  local code = flow.receiver_code
  if code then
    fail("receiver_code", crm.t("flow.unknown_receiver", { code = code }))
  else
    fail("receiver_code", crm.t("flow.no_receiver"))
  end
end
