-- The batch is held while a recall is prepared, and recalled from the notice on.

return function(recall, _, to)
  local status = to == "draft" and "on_hold" or "recalled"
  local batch = recall.batch
  if batch.status ~= status and batch.status ~= "recalled" then
    crm.update(batch, { status = status })
  end
end
