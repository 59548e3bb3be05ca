-- A stand that was signed or built is cancelled, not deleted.

local KEPT = { signing = true, production = true, construction = true, on_show = true, follow_up = true }

return function(job)
  if KEPT[job.stage] or job.contract_number then
    crm.reject(crm.t("stand_job.delete_refused", { code = job.code, stage = job:label("stage") }), "stage")
  end
end
