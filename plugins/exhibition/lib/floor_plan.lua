-- Where the booths of a hall are, in metres from its upper left corner. Booths without a position are laid out by
-- their numbers: row under row with an aisle between.

local floor_plan = {}

local AISLE = 3
local MARGIN = 3

local function metres(number)
  return tonumber(tostring(number))
end

--- The row and the place of a booth, from its number without the hall's code: N1-A01 is row A, place 01.
function floor_plan.row_and_place(booth_number, hall_code)
  local prefix = hall_code .. "-"
  if booth_number:sub(1, #prefix) == prefix then
    booth_number = booth_number:sub(#prefix + 1)
  end
  return booth_number:match("^(%a*)(.*)$")
end

local function place_rows(spots, hall_code, top)
  local row_name, x, y, row_depth = nil, MARGIN, top, 0
  for _, spot in ipairs(spots) do
    local row = floor_plan.row_and_place(spot.booth.number, hall_code)
    if row_name and row ~= row_name then
      x, y, row_depth = MARGIN, y + row_depth + AISLE, 0
    end
    row_name = row
    spot.x, spot.y = x, y
    x = x + spot.width
    row_depth = math.max(row_depth, spot.depth)
  end
end

--- The booths of a hall with their places, {booth, x, y, width, depth}, and the size of the drawing, {width, depth}.
function floor_plan.of(hall)
  local spots, unplaced = {}, {}
  local size = { width = hall.width and metres(hall.width) or 0, depth = hall.depth and metres(hall.depth) or 0 }
  local lowest = 0
  for booth in crm.each("booth", "hall = ?", { params = { hall.id }, sort = "number, id" }) do
    local spot = { booth = booth, width = metres(booth.width), depth = metres(booth.depth) }
    spots[#spots + 1] = spot
    if booth.position_x and booth.position_y then
      spot.x, spot.y = metres(booth.position_x), metres(booth.position_y)
      lowest = math.max(lowest, spot.y + spot.depth)
    else
      unplaced[#unplaced + 1] = spot
    end
  end
  place_rows(unplaced, hall.code, lowest > 0 and lowest + AISLE or MARGIN)
  for _, spot in ipairs(spots) do
    size.width = math.max(size.width, spot.x + spot.width + (hall.width and 0 or MARGIN))
    size.depth = math.max(size.depth, spot.y + spot.depth + (hall.depth and 0 or MARGIN))
  end
  return spots, size
end

return floor_plan
