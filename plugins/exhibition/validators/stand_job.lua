-- A stand is built for an exhibitor who takes part, and its changes are not worth more than it.

local ZERO = crm.decimal("0.00")

return function(job, fail)
  local participation = job.participation
  if job:is_new() and participation and participation.status == "cancelled" then
    fail("participation", crm.t("stand_job.cancelled", { code = participation.code }))
  end
  if job.total and job.total < ZERO then
    fail("changes_amount", crm.t("stand_job.negative", { total = job.total:format() }))
  end
end
