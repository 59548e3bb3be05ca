-- Customers who decided at their first visit (即时决定) get a booth of just the size they wanted, in the order of
-- their codes. Every fifth booth stays free, so that there is something left to sell.

local booths = require "lib.booths"
local shows = require "lib.shows"

local STATUSES = { "confirmed", "contracted", "reserved", "confirmed" }

local function booths_to_give(show)
  local kept = {}
  for index, booth in ipairs(booths.free(show)) do
    if index % 5 ~= 0 then
      kept[#kept + 1] = booth
    end
  end
  return kept
end

local function take_exactly(free, booth_type, area)
  for index, booth in ipairs(free) do
    if booth.type == booth_type and booth.area == area then
      return table.remove(free, index)
    end
  end
  return nil
end

local show = shows.find("CAFE2027")
if crm.count("participation", "show = " .. show.id) == 0 then
  local free = booths_to_give(show)
  local given = 0
  for customer in crm.each("customer", "first_visit = 'immediate'", { sort = "code, id" }) do
    local booth_type, area = booths.wanted(customer)
    local booth = booth_type and take_exactly(free, booth_type, area)
    if booth then
      given = given + 1
      crm.create("participation", {
        show = show,
        customer = customer,
        booth = booth.id,
        status = STATUSES[given % #STATUSES + 1],
      })
    end
  end
end
