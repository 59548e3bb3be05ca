-- Lines of a quotation that went out stay.

local papers = require "lib.papers"

return function(line)
  papers.check_line(line.quotation, function(_, message)
    crm.reject(message)
  end)
end
