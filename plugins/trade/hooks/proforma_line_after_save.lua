-- The totals of the proforma invoice follow its lines.

local proformas = require "lib.proformas"

return function(line)
  local proforma = crm.get("proforma", line:id_of("proforma"))
  if proforma then
    proformas.add_up(proforma)
  end
end
