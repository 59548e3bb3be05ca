-- A visitor who names no show comes to the only one that recruits or is open; interests are written in one way.

local interests = require "lib.interests"
local shows = require "lib.shows"

return function(visitor)
  if visitor:is_new() and not visitor.show then
    visitor.show = shows.only_current()
  end
  if visitor.interests and (visitor:is_new() or visitor:changed("interests")) then
    visitor.interests = interests.tidy(visitor.interests)
  end
  if visitor.status == "checked_in" and not visitor.checked_in_at then
    visitor.checked_in_at = crm.date.now()
  end
end
