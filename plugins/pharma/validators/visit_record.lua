-- A representative who left makes no visits; a plan is of the same representative.

return function(visit, fail)
  local rep = visit.rep
  if not rep then
    return
  end
  if rep.active == false and (visit:is_new() or visit:changed("rep")) then
    fail("rep", crm.t("visit_record.rep_left", { rep = rep.name }))
  end
  local plan = visit.plan
  if plan and plan:id_of("rep") ~= rep.id then
    fail("plan", crm.t("visit_record.plan_of_other", { plan = plan.code, rep = rep.name }))
  end
end
