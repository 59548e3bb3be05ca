-- Computes the sheet from the values that passed validation.

local budgets = require "lib.budgets"

return function(rec)
  local results = budgets.results(rec)
  for _, field in ipairs(budgets.RESULT_FIELDS) do
    rec[field] = results[field]
  end
end
