-- The totals of the packing list follow its lines.

local packing_lists = require "lib.packing_lists"

return packing_lists.add_up
