-- Time limit and quantities of a recall. The batch is traced when the recall is made and again when notices go out,
-- because flows are reported late. What an earlier recall of the batch brought back is not recovered again.

local recalls = require "lib.recalls"
local trace = require "lib.trace"

local DAYS = { class_1 = 1, class_2 = 3, class_3 = 7 }

local function take_figures(recall, batch)
  local graph = trace.batch(batch)
  recall.hospitals = #graph.hospitals
  recall.distributors = #graph.distributors
  recall.in_hospitals = graph.totals.hospitals
  recall.with_distributors = graph.totals.remaining
  recall.to_recover = math.max(0, graph.totals.in_circulation - recalls.recovered(batch.id, recall.id))
end

return function(recall)
  local days = DAYS[recall.defect_class]
  if days and recall.started_on then
    recall.notify_by = recall.started_on + days
  end
  local notified_now = recall.status == "notified" and recall:changed("status")
  local batch = recall.batch
  if batch and (recall:is_new() or recall:changed("batch") or notified_now) then
    take_figures(recall, batch)
  end
  local total = recall.to_recover
  if total and total > 0 then
    recall.recovery_rate = crm.decimal((recall.recovered or 0) * 100):div(crm.decimal(total), 2)
  end
end
