-- A confirmed proforma invoice becomes a sales order.

local proformas = require "lib.proformas"

return function(rec)
  if rec.status == "confirmed" and not rec.sales_order and not rec:is_new() then
    rec.sales_order = proformas.order(rec)
  end
end
