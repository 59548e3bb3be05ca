-- The document adds up to what is left.

local documents = require "lib.documents"

return function(line)
  local kind = documents.kind(line)
  crm.settle(kind.head, line:id_of(kind.via))
end
