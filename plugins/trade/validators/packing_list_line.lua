-- Not more is packed than was ordered, of goods of the same proforma invoice, in known cartons.

local packing_lists = require "lib.packing_lists"
local text = require "lib.text"

local function within_order(line, fail)
  local ordered = line.proforma_line
  local left = ordered.quantity - packing_lists.packed(ordered, line.id)
  if line.quantity and line.quantity > left then
    fail("quantity", crm.t("packing_list.too_much", {
      quantity = text.plain(line.quantity),
      left = text.plain(left),
      unit = line.unit or "",
      product = ordered.product.code,
    }))
  end
end

return function(line, fail)
  packing_lists.check_line(line.packing_list, fail)
  if line.proforma_line and line.packing_list then
    if line.proforma_line:id_of("proforma") ~= line.packing_list:id_of("proforma") then
      fail("proforma_line", crm.t("packing_list.other_proforma", { code = line.packing_list.proforma.code }))
    else
      within_order(line, fail)
    end
  end
  if not line.qty_per_carton then
    fail("qty_per_carton", crm.t("packing_list.no_carton", {
      product = line.product and line.product.code or "",
    }))
  end
end
