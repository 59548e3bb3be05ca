-- Lines of a proforma invoice that is out stay.

local papers = require "lib.papers"

return function(line)
  papers.check_line(line.proforma, function(_, message)
    crm.reject(message)
  end)
end
