-- Records of quality work that stay: inspectors ask for them.

local kept = {}

--- A before_delete hook: only a record at its first stage, of the field status, may be deleted.
function kept.beyond(first)
  return function(rec)
    if rec.status ~= first then
      crm.reject(crm.t("kept.delete_refused", { code = rec.code, status = rec:label("status") }), "status")
    end
  end
end

return kept
