-- The booths of a show as text: hall by hall, row by row, with a sign for the state of each.

local booths = require "lib.booths"
local shows = require "lib.shows"
local statuses = require "lib.statuses"

local function sign(status)
  if not status then
    return "□"
  end
  return statuses.is_sold(status) and "■" or "▣"
end

local function position(booth, hall)
  local number = booth.number
  local prefix = hall.code .. "-"
  if number:sub(1, #prefix) == prefix then
    number = number:sub(#prefix + 1)
  end
  local row, place = number:match("^(%a*)(.*)$")
  return row, place
end

local function add_line(lines, row, cells)
  if #cells > 0 then
    lines[#lines + 1] = string.format("  %-2s %s", row, table.concat(cells, " "))
  end
end

local function add_hall(lines, hall, taken)
  local width = crm.plugin.settings.booth_map_width
  local count, sold, body = 0, 0, {}
  local current, cells = nil, {}
  for booth in crm.each("booth", "hall = ?", { params = { hall.id }, sort = "number, id" }) do
    local status = taken[booth.id]
    local row, place = position(booth, hall)
    if row ~= current or #cells == width then
      add_line(body, current, cells)
      current, cells = row, {}
    end
    cells[#cells + 1] = sign(status) .. place
    count = count + 1
    sold = sold + (statuses.is_sold(status) and 1 or 0)
  end
  add_line(body, current, cells)
  lines[#lines + 1] = crm.t("booth_map.hall", { hall = hall.code, sold = sold, count = count })
  table.move(body, 1, #body, #lines + 1, lines)
end

local function run(args)
  local show = shows.find(args.show)
  local taken = booths.taken(show)
  local lines = { crm.t("booth_map.title", { show = show.name }) }
  for hall in crm.each("hall", "show = ?", { params = { show.id }, sort = "code, id" }) do
    add_hall(lines, hall, taken)
  end
  lines[#lines + 1] = crm.t("booth_map.legend")
  return table.concat(lines, "\n")
end

return {
  name = "booth_map",
  title = { ["zh-CN"] = "展位图", ["zh-TW"] = "展位圖", en = "Booth map" },
  params = {
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
