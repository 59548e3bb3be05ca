-- Which booths of a show are taken, and which one suits a customer.

local booths = {}

--- The status of the active participation of each taken booth of a show, by booth id.
function booths.taken(show)
  local taken = {}
  local condition = "show = ? and booth is not empty and status <> 'cancelled'"
  for participation in crm.each("participation", condition, { params = { show.id } }) do
    taken[participation:id_of("booth")] = participation.status
  end
  return taken
end

--- The free booths of a show, the smallest first.
function booths.free(show)
  local taken, free = booths.taken(show), {}
  local options = { params = { show.id }, sort = "area, number, id" }
  for booth in crm.each("booth", "show = ?", options) do
    if not taken[booth.id] then
      free[#free + 1] = { id = booth.id, number = booth.number, type = booth.booth_type, area = booth.area }
    end
  end
  return free
end

--- What a customer can be offered: raw space from 36 m² up, a standard booth below; nil without a wish.
function booths.wanted(customer)
  local area = customer.exhibition_intended_area
  if not area or area <= crm.decimal(0) then
    return nil
  end
  return area >= crm.decimal(36) and "raw_space" or "standard", area
end

--- Takes the smallest booth of the type with at least the area out of the free ones. Nil when there is none.
function booths.take(free, booth_type, area)
  for index, booth in ipairs(free) do
    if booth.type == booth_type and booth.area >= area then
      return table.remove(free, index)
    end
  end
  return nil
end

return booths
