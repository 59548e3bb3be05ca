-- What the drawn map of a hall shows: every booth at its place, coloured by its state, with number, area and exhibitor.

local booth_states = require "lib.booth_states"
local floor_plan = require "lib.floor_plan"
local text_width = require "lib.text_width"

-- All lengths of the drawing are in its own units, this many for a metre.
local SCALE = 20
local LEFT, TOP, RIGHT, BOTTOM = 50, 130, 30, 40

local function number_text(number)
  local text = string.format("%.1f", number):gsub("%.0$", "")
  return text
end

local function plain_area(area)
  local text = tostring(area):gsub("0+$", ""):gsub("%.$", "")
  return text
end

-- A company without its legal form, which all have and which takes the room of the name.
local LEGAL_FORMS = { "股份有限公司", "有限责任公司", "有限責任公司", "有限公司" }

local function short_name(name)
  for _, form in ipairs(LEGAL_FORMS) do
    if #name > #form and name:sub(-#form) == form then
      return name:sub(1, -#form - 1)
    end
  end
  return name
end

-- The exhibitor and the status of each taken booth of a hall.
local function occupants(hall)
  local found = {}
  local condition = "show = ? and booth is not empty and status <> 'cancelled'"
  for participation in crm.each("participation", condition, { params = { hall:id_of("show") } }) do
    found[participation:id_of("booth")] = {
      status = participation.status,
      name = participation.fascia or participation.customer.name,
    }
  end
  return found
end

local function name_lines(name, width, height, size)
  local lines, top = {}, 0
  local fitting = math.floor((height - size * 0.3) / (size * 1.2))
  for _, text in ipairs(text_width.lines(short_name(name), (width - 6) / size, math.min(3, fitting))) do
    top = top + size * 1.2
    lines[#lines + 1] = { text = text, offset = top }
  end
  return lines
end

-- From the top of the booth: its number, its area, the exhibitor's name in what is left.
local function drawn_booth(spot, occupant, state)
  local colours = booth_states.colours(state)
  local x, y = LEFT + spot.x * SCALE, TOP + spot.y * SCALE
  local width, height = spot.width * SCALE, spot.depth * SCALE
  local size = math.max(9, math.min(20, math.min(width, height) / 5))
  local number_width = text_width.of(spot.booth.number) * size
  size = number_width > width - 4 and size * (width - 4) / number_width or size
  local small = math.max(6, size * 0.72)
  local drawn = {
    x = number_text(x), y = number_text(y), width = number_text(width), height = number_text(height),
    middle = number_text(x + width / 2),
    fill = colours.fill, ink = colours.text,
    number = spot.booth.number,
    number_size = number_text(size), number_y = number_text(y + size * 1.2),
    area = plain_area(spot.booth.area), small = number_text(small), area_y = number_text(y + size * 1.2 + small * 1.25),
    name = occupant and occupant.name or "", lines = {},
  }
  local used = size * 1.2 + small * 1.5
  for _, line in ipairs(occupant and name_lines(occupant.name, width, height - used, small) or {}) do
    drawn.lines[#drawn.lines + 1] = { text = line.text, y = number_text(y + used + line.offset) }
  end
  -- An empty table would count as a value on the page.
  if #drawn.lines == 0 then
    drawn.lines = ""
  end
  return drawn
end

-- The grid: a line and its metre every ten metres, from the upper left corner.
local function ticks(size)
  local across, down = {}, {}
  for metre = 0, math.floor(size.width), 10 do
    across[#across + 1] = { at = number_text(LEFT + metre * SCALE), metre = metre }
  end
  for metre = 0, math.floor(size.depth), 10 do
    down[#down + 1] = { at = number_text(TOP + metre * SCALE), metre = metre }
  end
  return across, down
end

local function legend_of(counts, width)
  local legend = {}
  local step = math.min(190, (width - LEFT - RIGHT) / #booth_states.all)
  for index, state in ipairs(booth_states.all) do
    local colours, x = booth_states.colours(state), LEFT + (index - 1) * step
    legend[index] = {
      x = number_text(x), text_x = number_text(x + 24), fill = colours.fill,
      label = crm.t("booth_state." .. state), count = counts[state],
    }
  end
  return legend
end

-- The largest size, up to 24, in which the heading does not pass the right end of the drawing; bold is a little wider.
local function heading_size(text, width)
  return number_text(math.max(9, math.min(24, (width - LEFT - RIGHT) / (text_width.of(text) * 1.08))))
end

local function data(hall)
  local spots, size = floor_plan.of(hall)
  if #spots == 0 then
    error({ code = "invalid_input", message = crm.t("booth_map.empty_hall", { hall = hall.code }) })
  end
  local width = math.max(640, LEFT + size.width * SCALE + RIGHT)
  local found, counts, drawn = occupants(hall), {}, {}
  local area, sold_area = crm.decimal("0.00"), crm.decimal("0.00")
  for _, state in ipairs(booth_states.all) do
    counts[state] = 0
  end
  for index, spot in ipairs(spots) do
    local occupant = found[spot.booth.id]
    local state = booth_states.of(occupant and occupant.status)
    counts[state] = counts[state] + 1
    area = area + spot.booth.area
    if state ~= "free" and state ~= "reserved" then
      sold_area = sold_area + spot.booth.area
    end
    drawn[index] = drawn_booth(spot, occupant, state)
  end
  local across, down = ticks(size)
  local show_name, hall_name = hall.show.name, hall.name or ""
  local show_name_en = hall.show.name_en or show_name
  return {
    show_name = show_name,
    show_name_en = show_name_en,
    hall_name = hall_name,
    heading_size = heading_size(show_name .. " · 展厅 " .. hall.code .. " " .. hall_name .. " 展位图", width),
    heading_size_en = heading_size(show_name_en .. " · Booth map of hall " .. hall.code, width),
    view_width = number_text(width), view_height = number_text(TOP + size.depth * SCALE + BOTTOM),
    left = LEFT, top = TOP,
    hall_width = number_text(size.width * SCALE), hall_height = number_text(size.depth * SCALE),
    right_end = number_text(LEFT + size.width * SCALE), bottom_end = number_text(TOP + size.depth * SCALE),
    across = across, down = down,
    booth_count = #spots, sold_count = #spots - counts.free - counts.reserved, free_count = counts.free,
    booth_area = plain_area(area), sold_area = plain_area(sold_area),
    drawn = drawn,
    legend = legend_of(counts, width),
    printed_on = crm.date.today(),
  }
end

return {
  name = "booth_map",
  object = "hall",
  title = { ["zh-CN"] = "展位图", ["zh-TW"] = "展位圖", en = "Booth map" },
  data = data,
}
