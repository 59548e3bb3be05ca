-- Probability from the stage, weighted amount, the day it was closed, and who has to do with it.

local documents = require "lib.documents"
local lines = require "lib.lines"
local stages = require "lib.stages"

local function fill_from_customer(opportunity, customer)
  if not opportunity.owner then
    opportunity.owner = customer.owner
  end
  if opportunity:is_new() and not opportunity.contact then
    opportunity.contact = documents.primary_contact(customer)
  end
  if opportunity:is_new() and not opportunity.source then
    opportunity.source = customer.source
  end
end

-- A probability given by hand stays until the opportunity moves on; an end has its own.
local function set_probability(opportunity)
  local usual = stages.probability(opportunity.stage)
  local moved = opportunity:is_new() or opportunity:changed("stage")
  local given = opportunity.probability and (opportunity:is_new() or opportunity:changed("probability"))
  if stages.is_closed(opportunity.stage) or not opportunity.probability or moved and not given then
    opportunity.probability = usual
  end
end

local function set_closed_on(opportunity)
  if not stages.is_closed(opportunity.stage) then
    opportunity.closed_on = nil
  elseif not opportunity.closed_on then
    -- One of the past ended when nobody knows any more; the expected day is the nearest to it.
    opportunity.closed_on = opportunity:any_stage() and opportunity.expected_on or crm.date.today()
  end
end

return function(opportunity)
  if opportunity.customer then
    fill_from_customer(opportunity, opportunity.customer)
  end
  if opportunity.stage then
    set_probability(opportunity)
    set_closed_on(opportunity)
  end
  local amount, probability = opportunity.expected_amount, opportunity.probability
  opportunity.weighted_amount = amount and probability and lines.percent(amount, probability) or nil
end
