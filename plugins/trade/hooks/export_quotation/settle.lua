-- The totals of the quotation follow its lines.

local quotations = require "lib.quotations"

return quotations.add_up
