-- The customer of a stand-building job is the exhibitor; what it costs is the contract with the changes on site.

local ZERO = crm.decimal("0.00")

return function(job)
  if job.participation then
    job.customer = job.participation.customer
  end
  if job.contract_amount then
    job.total = job.contract_amount + (job.changes_amount or ZERO)
  end
end
