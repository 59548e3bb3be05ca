-- When the lines of a document are all saved, its whole discount is spread over them and it adds up.

local documents = require "lib.documents"

return documents.refresh
