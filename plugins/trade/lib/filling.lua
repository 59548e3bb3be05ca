-- Fills fields in from other records, and keeps what people typed.

local packing = require "lib.packing"

local filling = {}

--- A function fill(field, value) for a record. It sets empty fields; when the reference `source` was changed
--- by this save, it sets also fields that this save did not change.
function filling.of(rec, source)
  local moved = source and not rec:is_new() and rec:changed(source)
  return function(field, value)
    if value == nil then
      return
    end
    if rec[field] == nil or (moved and not rec:changed(field)) then
      rec[field] = value
    end
  end
end

--- The net weight of a full carton of a product: its own, or the estimate of the setting tare_rate.
function filling.net_weight(product)
  local tare_rate = crm.decimal(crm.plugin.settings.tare_rate)
  return packing.net_weight(product.trade_gross_kg, product.trade_net_kg, tare_rate)
end

return filling
