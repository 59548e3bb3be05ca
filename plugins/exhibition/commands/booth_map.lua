-- The booths of a show as text: hall by hall, row by row, with a sign for the state of each, and how many there are of
-- each state.

local booth_states = require "lib.booth_states"
local booths = require "lib.booths"
local floor_plan = require "lib.floor_plan"
local shows = require "lib.shows"

local function add_line(lines, row, cells)
  if #cells > 0 then
    lines[#lines + 1] = string.format("  %-2s %s", row, table.concat(cells, " "))
  end
end

local function add_hall(lines, hall, taken)
  local width = crm.plugin.settings.booth_map_width
  local counts = { hall = hall.code, booths = 0, area = crm.decimal("0.00"), free_area = crm.decimal("0.00") }
  for _, state in ipairs(booth_states.all) do
    counts[state] = 0
  end
  local current, cells = nil, {}
  lines[#lines + 1] = crm.t("booth_map.hall", { hall = hall.code, name = hall.name or "" })
  for booth in crm.each("booth", "hall = ?", { params = { hall.id }, sort = "number, id" }) do
    local state = booth_states.of(taken[booth.id])
    local row, place = floor_plan.row_and_place(booth.number, hall.code)
    if row ~= current or #cells == width then
      add_line(lines, current, cells)
      current, cells = row, {}
    end
    cells[#cells + 1] = booth_states.sign(state) .. place
    counts.booths = counts.booths + 1
    counts[state] = counts[state] + 1
    counts.area = counts.area + booth.area
    counts.free_area = counts.free_area + (state == "free" and booth.area or crm.decimal(0))
  end
  add_line(lines, current, cells)
  return counts
end

local function halls_of(show, code)
  local halls, codes = {}, {}
  for hall in crm.each("hall", "show = ?", { params = { show.id }, sort = "code, id" }) do
    codes[#codes + 1] = hall.code
    if code == "" or hall.code == code then
      halls[#halls + 1] = hall
    end
  end
  if code ~= "" and #halls == 0 then
    error({
      code = "not_found",
      message = crm.t("booth_map.no_hall", { hall = code, show = show.name, halls = table.concat(codes, ", ") }),
    })
  end
  return halls
end

local function legend()
  local parts = {}
  for index, state in ipairs(booth_states.all) do
    parts[index] = booth_states.sign(state) .. " " .. crm.t("booth_state." .. state)
  end
  return table.concat(parts, "  ")
end

local function columns()
  local found = {
    { name = "hall", type = "text",
      label = { ["zh-CN"] = "展厅", ["zh-TW"] = "展廳", en = "Hall" } },
    { name = "booths", type = "integer", total = true,
      label = { ["zh-CN"] = "展位数", ["zh-TW"] = "展位數", en = "Booths" } },
  }
  for _, state in ipairs(booth_states.all) do
    found[#found + 1] = { name = state, type = "integer", total = true, label = crm.t("booth_state." .. state) }
  end
  found[#found + 1] = { name = "area", type = "decimal", total = true,
    label = { ["zh-CN"] = "面积(㎡)", ["zh-TW"] = "面積(㎡)", en = "Area (m²)" } }
  found[#found + 1] = { name = "free_area", type = "decimal", total = true,
    label = { ["zh-CN"] = "空闲面积(㎡)", ["zh-TW"] = "空閒面積(㎡)", en = "Free area (m²)" } }
  return found
end

local function run(args)
  local show = shows.find(args.show)
  local taken = booths.taken(show)
  local lines, rows = { crm.t("booth_map.title", { show = show.name }) }, {}
  for index, hall in ipairs(halls_of(show, (args.hall or ""):upper())) do
    rows[index] = add_hall(lines, hall, taken)
  end
  lines[#lines + 1] = legend()
  return { text = table.concat(lines, "\n"), columns = columns(), rows = rows }
end

return {
  name = "booth_map",
  title = { ["zh-CN"] = "展位图", ["zh-TW"] = "展位圖", en = "Booth map" },
  params = {
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
    { name = "hall", type = "text", default = "",
      label = { ["zh-CN"] = "展厅代码", ["zh-TW"] = "展廳代碼", en = "Hall code" } },
  },
  run = run,
}
