-- Who answered, and for which show, follows from the participation or the visitor.

return function(survey)
  local source = survey.participation or survey.visitor
  if not source then
    return
  end
  survey.kind = survey.participation and "exhibitor" or "visitor"
  if not survey.show then
    survey.show = source.show
  end
  if not survey.respondent then
    survey.respondent = survey.participation and source.customer.name or source.name
  end
end
