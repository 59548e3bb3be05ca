-- A booth stands in a hall of its own show, inside its walls and not on another booth, and stays large enough for what
-- was sold of it.

local function stands_in_its_show(booth, fail)
  if booth.hall:id_of("show") ~= booth:id_of("show") then
    fail("hall", crm.t("booth.hall_of_other_show", {
      hall = booth.hall.code,
      show = booth.show.name,
    }))
  end
end

local function holds_what_was_sold(booth, fail)
  if booth:is_new() or not booth.area then
    return
  end
  local sold = crm.find("participation", "booth = ? and status <> 'cancelled' and area > ?", {
    params = { booth.id, booth.area },
    limit = 1,
  })[1]
  if sold then
    fail("area", crm.t("booth.smaller_than_sold", {
      booth = booth.number,
      area = tostring(sold.area),
      code = sold.code,
    }))
  end
end

local function stands_inside(booth, fail)
  local hall = booth.hall
  local function check(field, side, size, most)
    if most and booth[field] + size > most then
      fail(field, crm.t("booth.outside_hall", {
        booth = booth.number,
        reaches = tostring(booth[field] + size),
        side = crm.t("booth." .. side),
        hall = hall.code,
        most = tostring(most),
      }))
    end
  end
  check("position_x", "width", booth.width, hall.width)
  check("position_y", "depth", booth.depth, hall.depth)
end

local function stands_alone(booth, fail)
  local condition = "hall = ? and id <> ? and position_x < ? and position_x + width > ? "
    .. "and position_y < ? and position_y + depth > ?"
  local other = crm.find("booth", condition, {
    params = {
      booth:id_of("hall"), booth.id or 0,
      booth.position_x + booth.width, booth.position_x, booth.position_y + booth.depth, booth.position_y,
    },
    limit = 1,
  })[1]
  if other then
    fail("position_x", crm.t("booth.overlaps", { booth = booth.number, other = other.number }))
  end
end

return function(booth, fail)
  if booth.hall and booth.show then
    stands_in_its_show(booth, fail)
  end
  holds_what_was_sold(booth, fail)
  if booth.hall and booth.position_x and booth.position_y and booth.width and booth.depth then
    stands_inside(booth, fail)
    stands_alone(booth, fail)
  end
end
