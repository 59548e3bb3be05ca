-- Lines of a packing list that is out stay.

local papers = require "lib.papers"

return function(line)
  papers.check_line(line.packing_list, function(_, message)
    crm.reject(message)
  end)
end
