-- A drug is a product too: quotes and orders are written with it. The product carries the drug's code.

local drugs = require "lib.drugs"

local function concerns_product(drug)
  return drug:changed("generic_name") or drug:changed("name_en") or drug:changed("strength") or drug:changed("unit")
end

return function(drug)
  local product = drug.product
  if not product then
    local values = drugs.product_values(drug)
    product = crm.find("product", "code = ?", { params = { drug.code }, limit = 1 })[1] or crm.create("product", values)
    crm.update("drug/" .. drug.id, { product = product })
    return
  end
  if concerns_product(drug) then
    local values = drugs.product_values(drug)
    values.code = nil
    crm.update(product, values)
  end
end
