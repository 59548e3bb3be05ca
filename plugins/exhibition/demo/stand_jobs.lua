-- Stands that are being built on raw space, at different phases.

local shift = ...
local show = require("demo.the_show").find()

local function day(text)
  return crm.date.parse(text) + shift
end

-- The phases a job has behind it, with what each needed.
local PHASES = {
  { stage = "design", visited_on = day "2026-10-12", materials_received = true, design_due_on = day "2026-11-30" },
  {
    stage = "signing", designer = "王设计", draft_delivered_on = day "2026-11-02", design_final_on = day "2026-11-16",
    quoted_amount = "68000.00",
  },
  {
    stage = "production", contract_number = string.format("DJ-%d-001", show.starts_on.year),
    contract_amount = "66000.00", signed_on = day "2026-11-18",
  },
}

if crm.count("stand_job") == 0 then
  local raw = crm.find("participation", "show = ? and booth_type = 'raw_space' and status = 'confirmed'", {
    params = { show.id }, sort = "code, id", limit = 4,
  })
  for index, participation in ipairs(raw) do
    local job = crm.create("stand_job", { participation = participation })
    for step = 1, index - 1 do
      job = crm.update("stand_job/" .. job.id, PHASES[step])
    end
  end
end
