-- What was sold is cancelled, not deleted: the paper that went out must stay explainable.

local statuses = require "lib.statuses"

return function(rec)
  if statuses.is_sold(rec.status) then
    crm.reject(crm.t("participation.delete_refused", {
      code = rec.code,
      status = rec:label("status"),
    }), "status")
  end
end
