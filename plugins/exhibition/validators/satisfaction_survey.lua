-- Those answer who were there, once, about their own show.

local function asked_once(survey, field, fail)
  local other = crm.find("satisfaction_survey", field .. " = ? and id <> ?", {
    params = { survey:id_of(field), survey.id or 0 },
    limit = 1,
  })[1]
  if other then
    fail(field, crm.t("survey.answered_already", {
      respondent = other.respondent,
      answered_on = tostring(other.answered_on),
    }))
  end
end

local function of_the_show(survey, source, field, fail)
  if survey.show and source:id_of("show") ~= survey:id_of("show") then
    fail(field, crm.t("survey.other_show", { respondent = survey.respondent, show = survey.show.name }))
  end
end

local function was_there(survey, fail)
  if not survey:is_new() then
    return
  end
  local participation, visitor = survey.participation, survey.visitor
  if participation and participation.status ~= "moved_out" and participation.status ~= "surveyed" then
    fail("participation", crm.t("survey.not_moved_out", {
      code = participation.code,
      status = participation:label("status"),
    }))
  elseif visitor and visitor.status ~= "checked_in" then
    fail("visitor", crm.t("survey.not_checked_in", { badge = visitor.code, name = visitor.name }))
  end
end

return function(survey, fail)
  for _, field in ipairs({ "participation", "visitor" }) do
    if survey[field] then
      asked_once(survey, field, fail)
      of_the_show(survey, survey[field], field, fail)
    end
  end
  was_there(survey, fail)
end
