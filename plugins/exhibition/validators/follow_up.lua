-- A follow-up that tells the outcome of a first visit tells the reason too.

local first_visits = require "lib.first_visits"

return function(follow_up, fail)
  first_visits.check(follow_up, fail)
end
