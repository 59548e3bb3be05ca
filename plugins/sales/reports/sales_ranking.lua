-- Who or what sells most in a time (销售排名): salespeople, customers, products or categories, by net amount.

local columns = require "lib.columns"
local receivables = require "lib.receivables"

local ZERO = crm.decimal("0.00")
local CHOICES = {
  { "owner", "业务员", "業務員", "Salesperson" },
  { "customer", "客户", "客戶", "Customer" },
  { "product", "产品", "產品", "Product" },
  { "category", "产品类别", "类别", "產品類別", "類別", "Category" },
}

local function from_orders(by, from, to)
  return crm.aggregate("sales_order", {
    where = "ordered_on between ? and ? and " .. receivables.owed_condition,
    params = { from, to },
    group = { by },
    measures = { n = "count()", net = "sum(net)", total = "sum(total)" },
  }), function(row)
    return columns.group_label("sales_order", by, row[by])
  end
end

local function from_lines(group, label, from, to)
  local rows = crm.aggregate("sales_order_line", {
    where = "order.ordered_on between ? and ? and order." .. receivables.owed_condition,
    params = { from, to },
    group = { group },
    measures = { n = "count()", amount = "sum(amount)", share = "sum(discount_share)", total = "sum(total)" },
  })
  for _, row in ipairs(rows) do
    row.net = row.amount - row.share
  end
  return rows, function(row)
    return label(row[group])
  end
end

local function product_label(product)
  return product and product.name or crm.t("report.no_product")
end

local function category_label(category)
  return category and category.path or crm.t("report.none")
end

local function read(by, from, to)
  if by == "product" then
    return from_lines("product", product_label, from, to)
  elseif by == "category" then
    return from_lines("product.category", category_label, from, to)
  end
  return from_orders(by, from, to)
end

local function run(params)
  local by = columns.one_of("by", params.by, CHOICES)
  local today = crm.date.today()
  local to = params.to or today
  local from = params.from or crm.date.date(to.year, 1, 1)
  if from > to then
    error({ code = "invalid_input", message = crm.t("report.wrong_time", { from = tostring(from), to = tostring(to) }) })
  end
  local found, label = read(by, from, to)
  table.sort(found, function(left, right)
    if left.net ~= right.net then
      return left.net > right.net
    end
    return label(left) < label(right)
  end)
  local sum, rows = ZERO, {}
  for _, row in ipairs(found) do
    sum = sum + row.net
  end
  local rest
  for rank, row in ipairs(found) do
    if rank <= params.limit then
      rows[rank] = { rank = rank, name = label(row), entries = row.n, net = row.net, total = row.total }
    else
      rest = rest or { name = crm.t("report.rest"), entries = 0, net = ZERO, total = ZERO }
      rest.entries, rest.net, rest.total = rest.entries + row.n, rest.net + row.net, rest.total + row.total
    end
  end
  -- What is beyond the limit stands in a row of its own, so that the totals are those of all.
  rows[#rows + 1] = rest
  for _, row in ipairs(rows) do
    row.share = columns.share(row.net, sum)
  end
  return {
    columns = {
      columns.column("rank", "integer", { "名次", "名次", "Rank" }),
      columns.column("name", "text", { "名称", "名稱", "Name" }),
      columns.column("entries", "integer", { "笔数", "筆數", "Entries" }, true),
      columns.column("net", "currency", { "未税金额", "未稅金額", "Net amount" }, true),
      columns.column("total", "currency", { "含税总额", "含稅總額", "Total" }, true),
      columns.column("share", "percent", { "占比", "占比", "Share" }),
    },
    rows = rows,
    chart = { kind = "bar", label = "name", value = "net" },
    notes = crm.t("report.ranking_note", { from = tostring(from), to = tostring(to), sum = sum:format() }),
  }
end

return {
  name = "sales_ranking",
  title = { ["zh-CN"] = "销售排名", ["zh-TW"] = "銷售排名", en = "Sales ranking" },
  params = {
    { name = "by", type = "text", default = "owner",
      label = {
        ["zh-CN"] = "按（owner/customer/product/category）",
        ["zh-TW"] = "依（owner/customer/product/category）",
        en = "By (owner/customer/product/category)",
      } },
    { name = "from", type = "date",
      label = { ["zh-CN"] = "自（默认年初）", ["zh-TW"] = "自（預設年初）", en = "From (this year)" } },
    { name = "to", type = "date",
      label = { ["zh-CN"] = "至（默认今天）", ["zh-TW"] = "至（預設今天）", en = "To (today)" } },
    { name = "limit", type = "integer", default = 20,
      label = { ["zh-CN"] = "取前几名", ["zh-TW"] = "取前幾名", en = "How many" } },
  },
  run = run,
}
