-- A line that changed changes its document, shares of the whole discount and sums: once for all lines.

local documents = require "lib.documents"

local MONEY = { "amount", "tax", "total", "discount_share" }

local function changes_money(line)
  for _, field in ipairs(MONEY) do
    if line:changed(field) then
      return true
    end
  end
  return false
end

return function(line)
  if changes_money(line) and not documents.is_refreshing(line) then
    local kind = documents.kind(line)
    crm.settle(kind.head, line:id_of(kind.via))
  end
end
