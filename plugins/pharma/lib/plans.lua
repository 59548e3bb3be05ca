-- Writing a visit plan from the doctors whom a representative has in charge.

local grading = require "lib.grading"

local plans = {}

--- The doctors of a representative's hospitals: the best grades first, then those whose visit is due first.
function plans.doctors(rep, limit)
  return crm.find("doctor", "hospital.rep = ?", {
    params = { rep.id },
    sort = "grade, next_visit_on, code",
    limit = limit,
  })
end

--- Makes a plan for the month that begins on `first`, each doctor as often as the grade asks for. Gives the plan and the
--- number of visits.
function plans.write(rep, first, doctors)
  local lines, planned = {}, 0
  for index, doctor in ipairs(doctors) do
    local times = grading.visits_a_month(doctor.grade)
    planned = planned + times
    lines[index] = { doctor = doctor, planned = times }
  end
  return crm.create("visit_plan", { rep = rep, month_on = first, planned = planned, lines = lines }), planned
end

return plans
