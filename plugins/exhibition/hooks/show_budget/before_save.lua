-- The totals of a budget and the shares of its phases follow from its lines.

local budget_curve = require "lib.budget_curve"

return function(budget)
  local sums = budget_curve.sums(budget.id or 0)
  budget.planned = sums.planned
  budget.spent = sums.spent
  budget.left = budget.amount - sums.spent
  for phase, sum in pairs(sums.phases) do
    budget[phase .. "_share"] = budget_curve.share(sum.planned, budget.amount)
  end
end
