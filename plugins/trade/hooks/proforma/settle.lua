-- The totals of the proforma invoice follow its lines.

local proformas = require "lib.proformas"

return proformas.add_up
