-- Goods are packed for a confirmed proforma invoice, and packed anew when the list of a shipped one was cancelled.

local packing_lists = require "lib.packing_lists"

return function(rec, fail)
  local proforma = rec.proforma
  if rec:is_new() and proforma and not packing_lists.is_open(proforma) then
    local key = proforma.status == "shipped" and "packing_list.nothing_left" or "packing_list.not_confirmed"
    fail("proforma", crm.t(key, {
      code = proforma.code,
      status = proforma:label("status"),
    }))
  end
end
