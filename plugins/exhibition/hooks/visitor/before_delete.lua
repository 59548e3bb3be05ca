-- Who has come to the show is counted in its evaluation, and stays.

return function(visitor)
  if visitor.checked_in_at or visitor.status == "checked_in" then
    crm.reject(crm.t("visitor.delete_refused", { badge = visitor.code, name = visitor.name }), "status")
  end
end
