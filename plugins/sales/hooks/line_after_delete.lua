-- The document adds up to what is left.

local documents = require "lib.documents"

return function(line)
  local kind = documents.kind(line)
  local head = crm.get(kind.head, line:id_of(kind.via))
  if head then
    documents.refresh(head)
  end
end
