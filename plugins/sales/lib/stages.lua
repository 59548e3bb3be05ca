-- What the stages of opportunities mean.

local stages = {}

--- The open stages in their order, with the usual probability of winning in percent.
stages.open = {
  { stage = "qualify", probability = 10 },
  { stage = "need", probability = 30 },
  { stage = "proposal", probability = 50 },
  { stage = "negotiation", probability = 75 },
}

local PROBABILITY = { won = 100, lost = 0 }
local POSITION = { won = #stages.open + 1 }
for position, entry in ipairs(stages.open) do
  PROBABILITY[entry.stage] = entry.probability
  POSITION[entry.stage] = position
end

--- The usual probability of a stage, a decimal percentage; nil for an unknown stage.
function stages.probability(stage)
  return PROBABILITY[stage] and crm.decimal(PROBABILITY[stage])
end

--- Whether a stage is an end.
function stages.is_closed(stage)
  return stage == "won" or stage == "lost"
end

--- The place of a stage on the way to being won, from 1; nil for lost.
function stages.position(stage)
  return POSITION[stage]
end

--- Brings an opportunity as far as "proposal" or "won", step by step as the stages allow; one that is
--- further or closed stays. amount fills in an expected amount that nobody gave.
function stages.advance(opportunity, target, amount)
  if stages.is_closed(opportunity.stage) or stages.position(opportunity.stage) >= stages.position(target) then
    return
  end
  if stages.position(opportunity.stage) < stages.position("proposal") then
    local values = { stage = "proposal" }
    if not opportunity.expected_amount or opportunity.expected_amount:is_zero() then
      values.expected_amount = amount
    end
    opportunity = crm.update(opportunity, values)
  end
  if target == "won" then
    crm.update(opportunity, { stage = "won", expected_amount = amount })
  end
end

return stages
