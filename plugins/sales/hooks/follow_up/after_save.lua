-- The latest follow-up gives the customer its grade, last and next contact.

local contact_log = require "lib.contact_log"

return function(follow_up)
  contact_log.saved(follow_up)
end
