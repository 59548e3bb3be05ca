-- Lines of goods in quotations, proforma invoices and packing lists: what they take from products, what they
-- measure.

local filling = require "lib.filling"
local packing = require "lib.packing"

local goods = {}

--- Fills description, unit and carton in from the product of a line, and measures its quantity.
function goods.fill(line)
  local product = line.product
  if product then
    local fill = filling.of(line, "product")
    fill("description", product.name_en or product.name)
    fill("unit", product.unit)
    fill("qty_per_carton", product.trade_qty_per_carton)
    fill("cbm", product.trade_cbm)
    fill("gross_kg", product.trade_gross_kg)
    fill("net_kg", filling.net_weight(product, line.gross_kg))
  end
  if line.quantity and line.quantity > crm.decimal(0) then
    local measured = packing.measure(line.quantity, {
      per_carton = line.qty_per_carton, cbm = line.cbm, gross = line.gross_kg, net = line.net_kg,
    })
    line.cartons = measured.cartons
    line.total_cbm = measured.cbm
    line.total_gross_kg = measured.gross
    line.total_net_kg = measured.net
  end
end

--- Adds a field of lines up. Nil when one of them has no value, since the sum is not known then, and without
--- lines.
function goods.sum(lines, field)
  local sum
  for _, line in ipairs(lines) do
    local value = line[field]
    if value == nil then
      return nil
    end
    sum = sum and sum + value or value
  end
  return sum
end

local MEASURES = { cartons = "cartons", total_cbm = "total_cbm", total_gross_kg = "total_gross_kg",
  total_net_kg = "total_net_kg" }

--- Cartons, volume and weights of all lines, by field of the paper.
function goods.measures(lines)
  local totals = {}
  for field, of_line in pairs(MEASURES) do
    totals[field] = goods.sum(lines, of_line)
  end
  return totals
end

--- The fields that a copy of a line keeps.
goods.COPIED = {
  "product", "budget", "description", "unit", "quantity", "unit_price", "qty_per_carton", "cbm", "gross_kg",
  "net_kg",
}

--- The values of a line for a copy of it; fields: names, those that the line has not are left out.
function goods.copy(line, fields)
  local values = {}
  for _, field in ipairs(fields) do
    values[field] = line[field]
  end
  return values
end

return goods
