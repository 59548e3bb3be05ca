-- The demonstration show with its halls and 204 booths. Does nothing when the show is there already.

local the_show = require "demo.the_show"

local shift = ...
local STARTS_ON = crm.date.date(2027, 3, 1) + shift

local HALLS = { { "N1", "北一馆", 48, 33 }, { "N2", "北二馆", 114, 33 }, { "E1", "东一馆", 102, 48 } }

-- Rows of booths: hall, row letter, count, type, width, depth; the first and last booth of a row is a corner. Rows B and
-- C, D and E stand back to back; between the others are aisles of three metres, four in the hall of raw space.
local ROWS = {
  { "N1", "A", 14, "standard", "3", "3" }, { "N1", "B", 14, "standard", "3", "3" },
  { "N1", "C", 14, "standard", "3", "3" }, { "N1", "D", 14, "standard", "3", "3" },
  { "N1", "E", 14, "standard", "3", "3" }, { "N1", "F", 14, "standard", "3", "3" },
  { "N2", "A", 12, "standard", "6", "3" }, { "N2", "B", 12, "standard", "6", "3" },
  { "N2", "C", 12, "standard", "6", "3" }, { "N2", "D", 12, "standard", "6", "3" },
  { "N2", "E", 12, "standard", "9", "3" }, { "N2", "F", 12, "standard", "9", "3" },
  { "E1", "A", 12, "raw_space", "6", "6" }, { "E1", "B", 12, "raw_space", "6", "6" },
  { "E1", "C", 8, "raw_space", "9", "6" }, { "E1", "D", 8, "raw_space", "9", "6" },
  { "E1", "E", 8, "raw_space", "12", "9" },
}

local function make_show()
  return crm.create("show", {
    code = "CAFE" .. STARTS_ON.year,
    name = the_show.name,
    name_en = "The 20th China International Agriculture and Food Industry Expo",
    edition = 20,
    status = "recruiting",
    starts_on = STARTS_ON,
    ends_on = STARTS_ON + 3,
    move_in_on = STARTS_ON - 2,
    move_out_on = STARTS_ON + 3,
    venue = "东方国际会展中心",
    venue_address = "上海市浦东新区展览大道 1 号",
    venue_en = "Oriental International Exhibition Centre",
    venue_address_en = "1 Zhanlan Avenue, Pudong, Shanghai, China",
    organiser = "华农展览有限公司",
    organiser_address = "上海市浦东新区展览大道 1 号 8 楼",
    organiser_en = "Huanong Exhibitions Co., Ltd.",
    organiser_address_en = "8/F, 1 Zhanlan Avenue, Pudong, Shanghai, China",
    organiser_phone = "021-55550100",
    organiser_email = "booth@example.com",
    account_name = "华农展览有限公司",
    bank = "示例银行上海浦东支行",
    account_name_en = "Huanong Exhibitions Co., Ltd.",
    bank_en = "Example Bank, Shanghai Pudong Branch",
    bank_account = "0000 1111 2222 3333",
    standard_price = crm.decimal("1480.00"),
    raw_price = crm.decimal("1200.00"),
    corner_rate = crm.decimal("10.00"),
    deposit_rate = crm.decimal("50.00"),
    deposit_days = 7,
    balance_due_on = STARTS_ON - 29,
  })
end

local function make_halls(show)
  local halls = {}
  for _, hall in ipairs(HALLS) do
    halls[hall[1]] = crm.create("hall", {
      show = show,
      code = hall[1],
      name = hall[2],
      width = crm.decimal(hall[3]),
      depth = crm.decimal(hall[4]),
    })
  end
  return halls
end

local BACK_TO_BACK = { C = true, E = true }

local function make_row(hall, top, row, count, booth_type, width, depth)
  for place = 1, count do
    local is_corner = place == 1 or place == count
    crm.create("booth", {
      hall = hall,
      number = string.format("%s-%s%02d", hall.code, row, place),
      booth_type = booth_type,
      width = crm.decimal(width),
      depth = crm.decimal(depth),
      open_sides = is_corner and 2 or 1,
      position_x = crm.decimal(3) + crm.decimal(width) * crm.decimal(place - 1),
      position_y = crm.decimal(top),
    })
  end
end

if not the_show.find() then
  local halls = make_halls(make_show())
  local bottoms = {}
  for _, row in ipairs(ROWS) do
    local hall = halls[row[1]]
    local aisle = bottoms[hall.code] and row[4] == "raw_space" and 4 or 3
    local top = (bottoms[hall.code] or 0) + (BACK_TO_BACK[row[2]] and 0 or aisle)
    make_row(hall, top, table.unpack(row, 2))
    bottoms[hall.code] = top + math.tointeger(tonumber(row[6]))
  end
end
