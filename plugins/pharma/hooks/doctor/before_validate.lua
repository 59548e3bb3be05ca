-- Points and grade follow from the doctor's title and the level of the hospital.

local grading = require "lib.grading"

return function(doctor)
  local hospital = doctor.hospital
  local points = grading.points(doctor.professional_title, hospital and hospital.level)
  doctor.points = points
  doctor.grade = grading.grade(points)
end
