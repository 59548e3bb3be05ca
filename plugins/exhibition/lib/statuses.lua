-- What the values of the dictionary participation_status mean.

local statuses = {}

local SOLD = { confirmed = true, contracted = true, moved_in = true, moved_out = true, surveyed = true }

--- The condition on participations whose space is sold.
statuses.sold_condition = "status in ('confirmed', 'contracted', 'moved_in', 'moved_out', 'surveyed')"

--- Whether the space of a participation in this status is sold.
function statuses.is_sold(status)
  return SOLD[status] == true
end

return statuses
