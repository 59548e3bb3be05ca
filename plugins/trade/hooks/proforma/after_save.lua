-- Deposit and amount in CNY follow the terms of a draft; the order follows the proforma invoice.

local proformas = require "lib.proformas"

return function(rec)
  if rec:changed("status") then
    proformas.order_follows(rec)
  end
  if not rec:is_new() and (rec:changed("deposit_rate") or rec:changed("exchange_rate")) then
    proformas.add_up(crm.get("proforma", rec.id))
  end
end
