-- Money that a contract or a move-in was granted for is paid back, not deleted.

local KEPT = { contracted = true, moved_in = true, moved_out = true, surveyed = true }

return function(payment)
  local participation = payment.participation
  if participation and KEPT[participation.status] then
    crm.reject(crm.t("payment.delete_refused", {
      code = payment.code,
      participation = participation.code,
      status = participation:label("status"),
    }), "participation")
  end
end
