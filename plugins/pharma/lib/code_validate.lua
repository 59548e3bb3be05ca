-- Flows name their receiver by code, so a code belongs to a hospital or to a distributor, not to both.

local OTHER = { hospital = "distributor", distributor = "hospital" }

return function(record, fail)
  local code = record.code
  if not code or not (record:is_new() or record:changed("code")) then
    return
  end
  local other = OTHER[record:object()]
  local found = crm.find(other, "code = ?", { params = { code }, limit = 1 })[1]
  if found then
    fail("code", crm.t("code.taken_by_" .. other, { code = code, name = found.name }))
  end
end
