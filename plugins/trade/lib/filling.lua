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

--- The net weight of a full carton of a product with a gross weight: the product's, as long as the gross
--- weight is the product's too, or else what the setting tare_rate leaves of it.
function filling.net_weight(product, gross)
  local known = product and product.trade_gross_kg == gross and product.trade_net_kg or nil
  return packing.net_weight(gross, known, crm.decimal(crm.plugin.settings.tare_rate))
end

return filling
