-- A batch is recalled once at a time: two running recalls would collect the same goods.

local recalls = require "lib.recalls"

return function(recall, fail)
  if not recall.batch or not (recall:is_new() or recall:changed("batch")) then
    return
  end
  local running = recalls.running(recall:id_of("batch"), recall.id)
  if running then
    fail("batch", crm.t("recall.running", {
      batch = recall.batch.code,
      recall = running.code,
      status = running:label("status"),
    }))
  end
end
