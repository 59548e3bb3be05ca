-- A line takes goods and cartons from the line of the proforma invoice.

local filling = require "lib.filling"
local goods = require "lib.goods"

local TAKEN = {
  "product", "description", "unit", "quantity", "qty_per_carton", "cbm", "gross_kg", "net_kg",
}

return function(line)
  local ordered = line.proforma_line
  if ordered then
    local fill = filling.of(line, "proforma_line")
    for _, field in ipairs(TAKEN) do
      fill(field, ordered[field])
    end
  end
  goods.fill(line)
end
