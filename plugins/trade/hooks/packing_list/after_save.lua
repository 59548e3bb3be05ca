-- When everything is packed and the list goes out, the proforma invoice is shipped.

local packing_lists = require "lib.packing_lists"

return function(rec)
  if rec.status ~= "issued" or not rec:changed("status") then
    return
  end
  local proforma = rec.proforma
  if proforma.status == "confirmed" and packing_lists.is_complete(proforma) then
    crm.update(proforma, { status = "shipped" })
  end
end
