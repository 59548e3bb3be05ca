-- Lines of a packing list that is out stay.

local packing_lists = require "lib.packing_lists"

return function(line)
  packing_lists.check_line(line.packing_list, function(_, message)
    crm.reject(message)
  end)
end
