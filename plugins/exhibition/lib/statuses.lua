-- What the values of the dictionary participation_status mean.

local statuses = {}

--- The stages in their order, from the invitation to the survey; a cancelled participation is in none of them.
statuses.all = { "invited", "visited", "reserved", "confirmed", "contracted", "moved_in", "moved_out", "surveyed" }

local RANKS = {}
for rank, status in ipairs(statuses.all) do
  RANKS[status] = rank
end

local SOLD = { confirmed = true, contracted = true, moved_in = true, moved_out = true, surveyed = true }

--- The condition on participations whose space is sold.
statuses.sold_condition = "status in ('confirmed', 'contracted', 'moved_in', 'moved_out', 'surveyed')"

--- Whether the space of a participation in this status is sold.
function statuses.is_sold(status)
  return SOLD[status] == true
end

--- The place of a status among the stages, nil when it is cancelled.
function statuses.rank(status)
  return RANKS[status]
end

return statuses
