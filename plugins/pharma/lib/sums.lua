-- Sums over flows that are complete or refused: the platform gives at most so many groups of one query.

local sums = {}

local MOST = 10000

--- The rows of an aggregate. Raises when there are more groups than the platform gives, because some would be missing.
function sums.all(object, query)
  local rows = crm.aggregate(object, query)
  if #rows >= MOST then
    error({ code = "limit_exceeded", message = crm.t("sums.too_many", { most = MOST }) })
  end
  return rows
end

return sums
