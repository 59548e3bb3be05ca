-- How many customers there are of each class (客户分类分析), and how many of them buy.

local columns = require "lib.columns"

local CLASSES = {
  { "grade", "客户等级", "等级", "客戶等級", "等級", "Grade" },
  { "status", "客户状态", "状态", "客戶狀態", "狀態", "Status" },
  { "source", "来源", "客户来源", "來源", "客戶來源", "Source" },
  { "industry", "行业", "所属行业", "產業別", "Industry" },
  { "region", "大区", "区域", "销售大区", "區域", "Region" },
  { "province", "省份", "省", "Province" },
  { "owner", "业务员", "负责人", "業務員", "Salesperson" },
}

-- Groups of a reference are told apart by the number of the record, others by the value.
local function key(value)
  return type(value) == "userdata" and value.id or value or ""
end

local function counts(by, where)
  local found, sum = {}, 0
  local query = { where = where, group = { by }, measures = { n = "count()" } }
  for _, row in ipairs(crm.aggregate("customer", query)) do
    found[#found + 1] = { value = row[by], n = row.n }
    sum = sum + row.n
  end
  return found, sum
end

local function run(params)
  local by = columns.one_of("by", params.by, CLASSES)
  local active = {}
  for _, entry in ipairs((counts(by, "status = 'active'"))) do
    active[key(entry.value)] = entry.n
  end
  local found, sum = counts(by)
  local rows = {}
  for _, entry in ipairs(found) do
    local buying = active[key(entry.value)] or 0
    rows[#rows + 1] = {
      class = columns.group_label("customer", by, entry.value),
      customers = entry.n,
      share = columns.share(entry.n, sum),
      active = buying,
      active_rate = columns.share(buying, entry.n),
    }
  end
  table.sort(rows, function(left, right)
    if left.customers ~= right.customers then
      return left.customers > right.customers
    end
    return left.class < right.class
  end)
  return {
    columns = {
      columns.column("class", "text", { "分类", "分類", "Class" }),
      columns.column("customers", "integer", { "客户数", "客戶數", "Customers" }, true),
      columns.column("share", "percent", { "占比", "占比", "Share" }),
      columns.column("active", "integer", { "成交客户", "成交客戶", "Buying" }, true),
      columns.column("active_rate", "percent", { "成交率", "成交率", "Buying share" }),
    },
    rows = rows,
    chart = { kind = "bar", label = "class", value = "customers" },
  }
end

return {
  name = "customers_by_class",
  title = { ["zh-CN"] = "客户分类分析", ["zh-TW"] = "客戶分類分析", en = "Customers by class" },
  params = {
    { name = "by", type = "text", default = "grade",
      label = {
        ["zh-CN"] = "分类（grade/status/source/industry/region/province/owner）",
        ["zh-TW"] = "分類（grade/status/source/industry/region/province/owner）",
        en = "Class (grade/status/source/industry/region/province/owner)",
      } },
  },
  run = run,
}
