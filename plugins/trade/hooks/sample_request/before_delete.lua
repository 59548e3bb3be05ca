-- A sample that is prepared or sent is cancelled, not deleted.

return function(rec)
  if rec.status ~= "requested" and rec.status ~= "cancelled" then
    crm.reject(crm.t("sample.delete_refused", { code = rec.code, status = rec:label("status") }), "status")
  end
end
