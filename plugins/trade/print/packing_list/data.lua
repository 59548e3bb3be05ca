-- The packing list (装箱单): carton numbers run through the lines.

local print_data = require "lib.print_data"
local text = require "lib.text"

local function partial(line)
  local full = crm.decimal(line.qty_per_carton)
  local last = line.quantity - full * (line.cartons - 1)
  return last ~= full and text.grouped(last) or ""
end

-- "" without lines, so that the page has no row for them.
local function items_of(lines)
  local items, first = {}, 1
  for index, line in ipairs(lines) do
    local last = first + line.cartons - 1
    items[index] = {
      from = first,
      to = last,
      sku = line.product.code,
      name = line.product.name,
      description = line.description or line.product.name,
      quantity = text.grouped(line.quantity),
      unit = line.unit or "",
      per_carton = line.qty_per_carton,
      partial = partial(line),
      cartons = line.cartons,
      net = text.grouped(line.total_net_kg),
      gross = text.grouped(line.total_gross_kg),
      cbm = text.grouped(line.total_cbm),
    }
    first = last + 1
  end
  return #items > 0 and items or ""
end

local function data(list)
  local lines = list.lines
  return {
    seller = print_data.seller(list.exporter),
    buyer = print_data.buyer(list.buyer),
    items = items_of(lines),
    total_quantity = print_data.quantities(lines),
    totals = {
      cartons = list.cartons or 0,
      net = text.grouped(list.total_net_kg),
      gross = text.grouped(list.total_gross_kg),
      cbm = text.grouped(list.total_cbm),
    },
  }
end

return {
  name = "packing_list",
  object = "packing_list",
  title = { ["zh-CN"] = "装箱单", ["zh-TW"] = "裝箱單", en = "Packing list" },
  data = data,
}
