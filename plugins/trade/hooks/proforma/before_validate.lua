-- A proforma invoice has the terms of its quotation.

local filling = require "lib.filling"
local papers = require "lib.papers"

return function(rec)
  if rec.quotation then
    local fill = filling.of(rec, "quotation")
    fill("owner", rec.quotation.owner)
    for _, field in ipairs(papers.TERMS) do
      fill(field, rec.quotation[field])
    end
  end
  papers.fill_terms(rec, rec.issued_on)
end
