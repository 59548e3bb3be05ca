-- A final design that has its permits is an approved stand: the exhibitor may move in with it.

return function(job)
  local participation = job.participation
  if job.permits_ready and participation and not participation.stand_approved then
    crm.update(participation, { stand_approved = true })
  end
end
