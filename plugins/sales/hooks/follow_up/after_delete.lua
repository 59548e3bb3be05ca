-- A follow-up that goes takes its days with it.

local contact_log = require "lib.contact_log"

return function(follow_up)
  contact_log.deleted(follow_up)
end
