-- The totals of the packing list follow its lines.

local packing_lists = require "lib.packing_lists"

return function(line)
  local list = crm.get("packing_list", line:id_of("packing_list"))
  if list then
    packing_lists.add_up(list)
  end
end
