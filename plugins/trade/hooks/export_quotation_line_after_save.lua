-- The quotation's totals follow its lines.

local quotations = require "lib.quotations"

return function(line)
  local quotation = crm.get("export_quotation", line:id_of("quotation"))
  if quotation then
    quotations.add_up(quotation)
  end
end
