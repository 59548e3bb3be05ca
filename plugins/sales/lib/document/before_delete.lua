-- Only drafts of quotes and orders are deleted: what went out must stay explainable.

local documents = require "lib.documents"

return function(head)
  if not documents.is_open(head) then
    crm.reject(crm.t("document.delete_refused", {
      code = head.code,
      status = head:label("status"),
    }), "status")
  end
end
