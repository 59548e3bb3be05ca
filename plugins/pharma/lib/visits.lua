-- What visit records change at doctors and plans.

local visits = {}

--- Sets a doctor's last and next visit from the latest record; empty when there is none.
function visits.refresh_doctor(doctor_id)
  local latest = crm.find("visit_record", "doctor = ?", {
    params = { doctor_id },
    sort = "visited_on desc, id desc",
    limit = 1,
  })[1]
  crm.update("doctor/" .. doctor_id, {
    last_visit_on = latest and latest.visited_on or "",
    next_visit_on = latest and latest.next_visit_on or "",
  })
end

--- Counts the visits of a plan anew.
function visits.refresh_plan(plan_id)
  crm.update("visit_plan/" .. plan_id, { done = crm.count("visit_record", "plan = ?", { params = { plan_id } }) })
end

--- The visits that the lines of a plan ask for, nil when it has no lines.
function visits.planned(plan_id)
  return crm.aggregate("visit_plan_line", {
    where = "plan = ?",
    params = { plan_id },
    measures = { planned = "sum(planned)" },
  })[1].planned
end

--- The plan of a representative for the month of a day, nil when there is none.
function visits.plan(rep_id, day)
  return crm.find("visit_plan", "rep = ? and month_on = ?", {
    params = { rep_id, crm.date.date(day.year, day.month, 1) },
    limit = 1,
  })[1]
end

return visits
