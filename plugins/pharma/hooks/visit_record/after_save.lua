-- Doctor and plan follow the visit; when it moved, those it came from do too.

local visits = require "lib.visits"

local function number(reference)
  if math.type(reference) == "integer" then
    return reference
  end
  return reference and reference.id
end

local function refresh(visit, field, refresh_one)
  local now = visit:id_of(field)
  local before = not visit:is_new() and visit:changed(field) and number(visit:old(field)) or nil
  if now then
    refresh_one(now)
  end
  if before and before ~= now then
    refresh_one(before)
  end
end

return function(visit)
  refresh(visit, "doctor", visits.refresh_doctor)
  if visit:is_new() or visit:changed("plan") then
    refresh(visit, "plan", visits.refresh_plan)
  end
end
