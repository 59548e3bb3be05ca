-- How the publicity of a show is spread over time: little at the beginning, most in the last month.

local budget_curve = {}

local HUNDRED = crm.decimal(100)
local ZERO = crm.decimal("0.00")

--- The phases in their order.
budget_curve.phases = { "early", "middle", "late", "on_site" }

--- Least and greatest share of a phase in percent, as the plugin's settings say. During the show there is what is left.
function budget_curve.range(phase)
  local settings = crm.plugin.settings
  if phase == "on_site" then
    return ZERO, HUNDRED - settings.budget_early_min - settings.budget_middle_min - settings.budget_late_min
  end
  return settings["budget_" .. phase .. "_min"], settings["budget_" .. phase .. "_max"]
end

--- The range as text, "10–20 %" or "40 %".
function budget_curve.range_text(phase)
  local function plain(number)
    local text = tostring(number)
    return text:find(".", 1, true) and text:gsub("0+$", ""):gsub("%.$", "") or text
  end
  local least, greatest = budget_curve.range(phase)
  if least == greatest then
    return plain(least) .. " %"
  end
  return plain(least) .. "–" .. plain(greatest) .. " %"
end

--- The phase of a day: from the opening on, in the month before it, in the first two months of the project, or between.
function budget_curve.phase(day, project_begins_on, show_opens_on)
  if day >= show_opens_on then
    return "on_site"
  end
  if day >= show_opens_on:add_months(-1) then
    return "late"
  end
  if day < project_begins_on:add_months(2) then
    return "early"
  end
  return "middle"
end

--- A part of an amount in percent, rounded half up to two places.
function budget_curve.share(part, whole)
  if not whole or whole <= ZERO then
    return ZERO
  end
  return (part * HUNDRED):div(whole, 2)
end

--- The most that may be spent in a phase of a budget of this amount, in whole cents.
function budget_curve.most(phase, amount)
  local _, greatest = budget_curve.range(phase)
  return (amount * greatest):div(HUNDRED, 2)
end

--- The sums of the lines of a budget: phases → {planned, spent}, and the two totals. `except` leaves out a line.
function budget_curve.sums(budget_id, except)
  local sums = { planned = ZERO, spent = ZERO, phases = {} }
  for _, phase in ipairs(budget_curve.phases) do
    sums.phases[phase] = { planned = ZERO, spent = ZERO }
  end
  local condition = "budget = ? and id <> ?"
  for line in crm.each("show_budget_line", condition, { params = { budget_id, except or 0 } }) do
    local phase = sums.phases[line.phase]
    for _, name in ipairs({ "planned", "spent" }) do
      local amount = line[name] or ZERO
      phase[name] = phase[name] + amount
      sums[name] = sums[name] + amount
    end
  end
  return sums
end

return budget_curve
