-- An exhibitor who has answered is through: the participation gets the answer and its last stage.

return function(survey)
  local participation = survey.participation
  if not participation then
    return
  end
  local values = { goal_reached = survey.goal_reached, next_edition = survey.next_edition }
  if participation.status == "moved_out" then
    values.status = "surveyed"
  end
  crm.update(participation, values)
end
