-- How doctors are graded, and how often each grade is visited.

local grading = {}

local TITLE_POINTS = { chief = 3, deputy_chief = 2, attending = 1 }
local LEVEL_POINTS = { ["3a"] = 3, ["3b"] = 2, ["2a"] = 1 }

--- Points of a doctor: 主任 3, 副主任 2, 主治 1; hospital 三甲 3, 三乙 2, 二甲 1; everything else 0.
function grading.points(title, level)
  return (TITLE_POINTS[title] or 0) + (LEVEL_POINTS[level] or 0)
end

--- A from 5 points, B from 3, otherwise C.
function grading.grade(points)
  if points >= 5 then
    return "A"
  end
  return points >= 3 and "B" or "C"
end

--- Days until the next visit to a doctor of a grade, from the settings.
function grading.days(grade)
  local settings = crm.plugin.settings
  if grade == "A" then
    return settings.visit_days_a
  end
  return grade == "B" and settings.visit_days_b or settings.visit_days_c
end

--- Visits to a doctor of a grade in a month of thirty days, at least one.
function grading.visits_a_month(grade)
  return math.max(1, 30 // grading.days(grade))
end

return grading
