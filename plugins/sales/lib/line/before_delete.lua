-- Lines go only from drafts.

local documents = require "lib.documents"

return function(line)
  local head = documents.head(line)
  if head and not documents.is_open(head) then
    crm.reject(documents.locked(head))
  end
end
