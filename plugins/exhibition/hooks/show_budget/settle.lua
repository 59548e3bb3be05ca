-- The totals of a budget are computed when it is saved.

return function(budget)
  crm.update(budget, {})
end
