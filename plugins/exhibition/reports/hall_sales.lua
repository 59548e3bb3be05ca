-- Area and amount sold, for each hall and product class of a show.

local shows = require "lib.shows"
local statuses = require "lib.statuses"

local ZERO = crm.decimal("0.00")

local function add(rows, by_key, participation)
  local hall = participation.booth.hall.code
  local class = participation.product_class or ""
  local key = hall .. "/" .. class
  local row = by_key[key]
  if not row then
    row = {
      hall = hall,
      product_class = class ~= "" and participation:label("product_class") or crm.t("report.no_class"),
      booths = 0,
      area = ZERO,
      amount = ZERO,
    }
    by_key[key] = row
    rows[#rows + 1] = row
  end
  row.booths = row.booths + 1
  row.area = row.area + participation.area
  row.amount = row.amount + participation.total
end

local function before(left, right)
  if left.hall ~= right.hall then
    return left.hall < right.hall
  end
  if left.area ~= right.area then
    return left.area > right.area
  end
  return left.product_class < right.product_class
end

local function run(params)
  local show = shows.find(params.show)
  local rows, by_key = {}, {}
  local condition = "show = ? and booth is not empty and " .. statuses.sold_condition
  for participation in crm.each("participation", condition, { params = { show.id } }) do
    add(rows, by_key, participation)
  end
  table.sort(rows, before)
  return {
    columns = {
      { name = "hall", type = "text",
        label = { ["zh-CN"] = "展厅", ["zh-TW"] = "展廳", en = "Hall" } },
      { name = "product_class", type = "text",
        label = { ["zh-CN"] = "展品类别", ["zh-TW"] = "展品類別", en = "Product class" } },
      { name = "booths", type = "integer", total = true,
        label = { ["zh-CN"] = "展位数", ["zh-TW"] = "展位數", en = "Booths" } },
      { name = "area", type = "decimal", total = true,
        label = { ["zh-CN"] = "面积(㎡)", ["zh-TW"] = "面積(㎡)", en = "Area (m²)" } },
      { name = "amount", type = "currency", total = true,
        label = { ["zh-CN"] = "金额", ["zh-TW"] = "金額", en = "Amount" } },
    },
    rows = rows,
    chart = { kind = "bar", label = "hall", value = "amount" },
    notes = crm.t("report.hall_sales_note", { show = show.name }),
  }
end

return {
  name = "hall_sales",
  title = {
    ["zh-CN"] = "展厅销售统计",
    ["zh-TW"] = "展廳銷售統計",
    en = "Sales by hall and product class",
  },
  params = {
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
