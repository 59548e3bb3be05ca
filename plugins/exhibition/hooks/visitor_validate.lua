-- Visitors register while the show is not over, and have come when they are checked in.

local function registers_in_time(visitor, fail)
  if visitor:is_new() and visitor.show and visitor.show.status == "closed" then
    fail("show", crm.t("visitor.show_closed", { show = visitor.show.name }))
  end
end

return function(visitor, fail)
  registers_in_time(visitor, fail)
  if visitor.checked_in_at and visitor.status == "registered" then
    fail("status", crm.t("visitor.checked_in_already", { name = visitor.name }))
  end
end
