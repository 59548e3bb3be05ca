-- Fills in the hospital, the plan of the month and the next visit, unless somebody said otherwise.

local grading = require "lib.grading"
local visits = require "lib.visits"

return function(visit)
  local doctor, day = visit.doctor, visit.visited_on
  if not doctor or not day then
    return
  end
  if not visit:id_of("hospital") or visit:changed("doctor") then
    visit.hospital = doctor.hospital
  end
  if not visit.next_visit_on or (visit:changed("visited_on") and not visit:changed("next_visit_on")) then
    visit.next_visit_on = day + grading.days(doctor.grade)
  end
  local rep_id = visit:id_of("rep")
  local moved = not visit:is_new() and (visit:changed("rep") or visit:changed("visited_on"))
  if rep_id and (moved or not visit:id_of("plan")) then
    visit.plan = visits.plan(rep_id, day)
  end
end
