-- Another whole discount is spread over the lines; a quote that goes out takes its opportunity to the
-- proposal.

local documents = require "lib.documents"
local stages = require "lib.stages"

return function(quote)
  if not quote:is_new() and quote:changed("discount_rate") then
    documents.refresh(quote)
  end
  if quote:changed("status") and quote.status == "sent" and quote.opportunity then
    stages.advance(quote.opportunity, "proposal", quote.net)
  end
end
