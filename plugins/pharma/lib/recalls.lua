-- The recalls of a batch.

local recalls = {}

--- The recall of a batch that is not completed, other than one; nil when there is none.
function recalls.running(batch_id, except)
  return crm.find("drug_recall", "batch = ? and status <> 'closed' and id <> ?", {
    params = { batch_id, except or 0 }, sort = "id", limit = 1,
  })[1]
end

--- What other recalls of a batch have brought back.
function recalls.recovered(batch_id, except)
  return crm.aggregate("drug_recall", {
    where = "batch = ? and id <> ?",
    params = { batch_id, except or 0 },
    measures = { quantity = "sum(recovered)" },
  })[1].quantity or 0
end

return recalls
