-- A complaint about a batch that is being recalled joins that recall: it opens none, and is closed with its conclusion.

local recalls = require "lib.recalls"

return function(complaint, fail)
  if complaint.status ~= "recalled" or complaint:is_new() or not complaint:changed("status") or not complaint.batch then
    return
  end
  local running = recalls.running(complaint:id_of("batch"))
  if running then
    fail("status", crm.t("complaint.recall_running", {
      batch = complaint.batch.code,
      recall = running.code,
      status = running:label("status"),
    }))
  end
end
