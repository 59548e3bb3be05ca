-- Visitors register while the show is not over, for a day of the show, and have come when they are checked in.

local function registers_in_time(visitor, fail)
  if visitor:is_new() and visitor.show and visitor.show.status == "closed" then
    fail("show", crm.t("visitor.show_closed", { show = visitor.show.name }))
  end
end

-- A show that is put off keeps its visitors: the day is asked for when it is said, not at each save.
local function comes_during_the_show(visitor, fail)
  local day, show = visitor.visits_on, visitor.show
  if not day or not show or not (visitor:is_new() or visitor:changed("visits_on") or visitor:changed("show")) then
    return
  end
  if day < show.starts_on or day > show.ends_on then
    fail("visits_on", crm.t("visitor.not_during_show", {
      starts_on = tostring(show.starts_on),
      ends_on = tostring(show.ends_on),
    }))
  end
end

return function(visitor, fail)
  registers_in_time(visitor, fail)
  comes_during_the_show(visitor, fail)
  if visitor.checked_in_at and visitor.status == "registered" then
    fail("status", crm.t("visitor.checked_in_already", { name = visitor.name }))
  end
end
