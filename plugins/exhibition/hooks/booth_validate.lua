-- A booth stands in a hall of its own show, and stays large enough for what was sold of it.

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

return function(booth, fail)
  if booth.hall and booth.show then
    stands_in_its_show(booth, fail)
  end
  holds_what_was_sold(booth, fail)
end
