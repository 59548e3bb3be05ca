-- One exporter is the default.

return function(rec, fail)
  if not rec.is_default then
    return
  end
  local other = crm.find("exporter", "is_default = true and id <> ?", {
    params = { rec.id or 0 }, limit = 1,
  })[1]
  if other then
    fail("is_default", crm.t("exporter.second_default", { exporter = other.name }))
  end
end
