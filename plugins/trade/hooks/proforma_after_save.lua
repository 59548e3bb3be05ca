-- Deposit and amount in CNY follow the terms of a draft.

local proformas = require "lib.proformas"

return function(rec)
  if not rec:is_new() and (rec:changed("deposit_rate") or rec:changed("exchange_rate")) then
    proformas.add_up(crm.get("proforma", rec.id))
  end
end
