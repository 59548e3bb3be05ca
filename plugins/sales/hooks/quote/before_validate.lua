-- Fills in what follows from customer, opportunity and settings, and adds up the lines.

local documents = require "lib.documents"

return function(quote)
  documents.fill(quote)
  if quote.quoted_on and not quote.valid_until then
    quote.valid_until = quote.quoted_on + crm.plugin.settings.quote_valid_days
  end
  for field, amount in pairs(documents.sums(quote)) do
    quote[field] = amount
  end
end
