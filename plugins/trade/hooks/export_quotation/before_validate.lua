-- Fills in what follows from inquiry, buyer, exporter and the day.

local filling = require "lib.filling"
local papers = require "lib.papers"

-- A port in an inquiry is where the price holds: the port of loading for FOB, else the port of destination.
local LOADING = { EXW = true, FCA = true, FAS = true, FOB = true }

return function(rec)
  local inquiry = rec.inquiry
  if inquiry then
    local fill = filling.of(rec, "inquiry")
    fill("buyer", inquiry.buyer)
    fill("owner", inquiry.owner)
    fill("incoterm", inquiry.incoterm)
    fill(LOADING[inquiry.incoterm] and "port_of_loading" or "port_of_destination", inquiry.port)
    fill("delivery_days", inquiry.delivery_days)
  end
  papers.fill_terms(rec, rec.quoted_on)
  if rec:is_new() and rec.quoted_on and not rec.valid_until then
    rec.valid_until = rec.quoted_on + crm.plugin.settings.validity_days
  end
end
