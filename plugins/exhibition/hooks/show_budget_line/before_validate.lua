-- The phase of a line follows from the day it runs.

local budget_curve = require "lib.budget_curve"

return function(line)
  if line.budget and line.due_on then
    line.phase = budget_curve.phase(line.due_on, line.budget.starts_on, line.budget.show.starts_on)
  end
end
