-- A budget is approved when its lines add up to it and keep the curve of the phases.

local budget_curve = require "lib.budget_curve"

local function long_enough(budget, fail)
  if budget.starts_on:add_months(3) > budget.show.starts_on then
    fail("starts_on", crm.t("budget.too_short", {
      starts_on = tostring(budget.starts_on),
      opens_on = tostring(budget.show.starts_on),
      latest = tostring(budget.show.starts_on:add_months(-3)),
    }))
  end
end

local function adds_up(budget, sums, fail)
  if sums.planned ~= budget.amount then
    fail("amount", crm.t("budget.not_all_planned", {
      amount = budget.amount:format(),
      planned = sums.planned:format(),
      difference = (budget.amount - sums.planned):format(),
    }))
  end
end

local function keeps_the_curve(budget, sums, fail)
  for _, phase in ipairs(budget_curve.phases) do
    local planned = sums.phases[phase].planned
    local share = budget_curve.share(planned, budget.amount)
    local least, greatest = budget_curve.range(phase)
    if share < least or share > greatest then
      fail(phase .. "_share", crm.t("budget.off_the_curve", {
        phase = crm.t("budget.phase." .. phase),
        share = tostring(share),
        range = budget_curve.range_text(phase),
        planned = planned:format(),
        amount = budget.amount:format(),
      }))
    end
  end
end

return function(budget, fail)
  if not budget.show or not budget.starts_on or not budget.amount then
    return
  end
  long_enough(budget, fail)
  if budget.status == "approved" then
    local sums = budget_curve.sums(budget.id or 0)
    adds_up(budget, sums, fail)
    keeps_the_curve(budget, sums, fail)
  end
end
