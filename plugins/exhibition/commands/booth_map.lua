-- The booths of a show as text: hall by hall, row by row, with a sign for the state of each.

local booth_states = require "lib.booth_states"
local booths = require "lib.booths"
local floor_plan = require "lib.floor_plan"
local shows = require "lib.shows"

local function add_line(lines, row, cells)
  if #cells > 0 then
    lines[#lines + 1] = string.format("  %-2s %s", row, table.concat(cells, " "))
  end
end

local function add_hall(lines, hall, taken, totals)
  local width = crm.plugin.settings.booth_map_width
  local count, free, body = 0, 0, {}
  local current, cells = nil, {}
  for booth in crm.each("booth", "hall = ?", { params = { hall.id }, sort = "number, id" }) do
    local state = booth_states.of(taken[booth.id])
    local row, place = floor_plan.row_and_place(booth.number, hall.code)
    if row ~= current or #cells == width then
      add_line(body, current, cells)
      current, cells = row, {}
    end
    cells[#cells + 1] = booth_states.sign(state) .. place
    count = count + 1
    free = free + (state == "free" and 1 or 0)
    totals[state] = totals[state] + 1
  end
  add_line(body, current, cells)
  lines[#lines + 1] = crm.t("booth_map.hall", { hall = hall.code, free = tostring(free), count = tostring(count) })
  table.move(body, 1, #body, #lines + 1, lines)
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

local function legend(totals)
  local parts = {}
  for _, state in ipairs(booth_states.all) do
    parts[#parts + 1] = booth_states.sign(state) .. " " .. crm.t("booth_state." .. state) .. " " .. totals[state]
  end
  return table.concat(parts, "  ")
end

local function run(args)
  local show = shows.find(args.show)
  local taken = booths.taken(show)
  local lines = { crm.t("booth_map.title", { show = show.name }) }
  local totals = {}
  for _, state in ipairs(booth_states.all) do
    totals[state] = 0
  end
  for _, hall in ipairs(halls_of(show, (args.hall or ""):upper())) do
    add_hall(lines, hall, taken, totals)
  end
  lines[#lines + 1] = legend(totals)
  return table.concat(lines, "\n")
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
