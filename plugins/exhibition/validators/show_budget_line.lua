-- A line runs while the show is prepared and held; its plan changes while the budget is a draft, and its spending
-- begins when the budget is approved and stays within the share of its phase.

local budget_curve = require "lib.budget_curve"

local ZERO = crm.decimal("0.00")

local function runs_in_time(line, budget, fail)
  local last = budget.show.move_out_on or budget.show.ends_on
  if line.due_on < budget.starts_on or line.due_on > last then
    fail("due_on", crm.t("budget_line.out_of_time", {
      due_on = tostring(line.due_on),
      first = tostring(budget.starts_on),
      last = tostring(last),
    }))
  end
end

-- The first months are for the trade: mass media reaches the public too early then.
local function suits_the_phase(line, budget, fail)
  if line.phase ~= "early" or line.media ~= "mass" then
    return
  end
  if line:is_new() or line:changed("media") or line:changed("due_on") then
    fail("media", crm.t("budget_line.mass_too_early", {
      media = line:label("media"),
      phase = crm.t("budget.phase.early"),
      first = tostring(budget.starts_on:add_months(2)),
    }))
  end
end

local function plan_is_open(line, budget, fail)
  if budget.status == "draft" then
    return
  end
  for _, field in ipairs({ "budget", "due_on", "media", "planned" }) do
    if line:is_new() or line:changed(field) then
      fail(field, crm.t("budget_line.plan_closed", { budget = budget.name, status = budget:label("status") }))
      return
    end
  end
end

local function spends_within_the_phase(line, budget, fail)
  local spent = line.spent or ZERO
  if spent == ZERO or not (line:is_new() or line:changed("spent")) then
    return
  end
  if budget.status ~= "approved" then
    fail("spent", crm.t("budget_line.not_approved", { budget = budget.name, status = budget:label("status") }))
    return
  end
  local total = budget_curve.sums(budget.id, line.id).phases[line.phase].spent + spent
  local most = budget_curve.most(line.phase, budget.amount)
  if total > most then
    fail("spent", crm.t("budget_line.phase_overspent", {
      phase = crm.t("budget.phase." .. line.phase),
      total = total:format(),
      share = tostring(budget_curve.share(total, budget.amount)),
      most = most:format(),
      range = budget_curve.range_text(line.phase),
    }))
  end
end

return function(line, fail)
  local budget = line.budget
  if not budget or not line.due_on then
    return
  end
  runs_in_time(line, budget, fail)
  suits_the_phase(line, budget, fail)
  plan_is_open(line, budget, fail)
  spends_within_the_phase(line, budget, fail)
end
