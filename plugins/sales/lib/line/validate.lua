-- Lines belong to one document for good, and change only while it is a draft.

local documents = require "lib.documents"

local INPUTS = { "product", "description", "unit", "quantity", "unit_price", "discount_rate", "tax_rate" }

local function is_edited(line)
  if line:is_new() then
    return true
  end
  for _, field in ipairs(INPUTS) do
    if line:changed(field) then
      return true
    end
  end
  return false
end

return function(line, fail)
  local head = documents.head(line)
  local via = documents.kind(line).via
  if not head then
    return
  end
  if not line:is_new() and line:changed(via) then
    fail(via, crm.t("line.other_document", { code = head.code }))
  elseif not documents.is_open(head) and is_edited(line) then
    fail(nil, documents.locked(head))
  end
  if line.product and (line:is_new() or line:changed("product")) and line.product.active == false then
    fail("product", crm.t("line.product_inactive", { product = line.product.name }))
  end
end
