-- The recalls of a batch.

local recalls = {}

--- The recall of a batch that is not completed, other than one; nil when there is none.
function recalls.running(batch_id, except)
  return crm.find("drug_recall", "batch = ? and status <> 'closed' and id <> ?", {
    params = { batch_id, except or 0 }, sort = "id", limit = 1,
  })[1]
end

return recalls
