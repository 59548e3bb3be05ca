-- A packing list is for the buyer and by the exporter of its proforma invoice.

local filling = require "lib.filling"

return function(rec)
  local proforma = rec.proforma
  if proforma then
    local fill = filling.of(rec, "proforma")
    fill("buyer", proforma.buyer)
    fill("exporter", proforma.exporter)
    fill("invoice_number", proforma.code)
  end
end
