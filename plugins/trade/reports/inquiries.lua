-- Mails by country, month, product or kind, and what became of them: demands, quotations and deals.

local mails = require "lib.mails"

local HUNDRED = crm.decimal(100)

local QUOTED = { quoted = true, won = true }

local KEYS = {
  country = function(inquiry)
    return inquiry.country or (inquiry.buyer and inquiry.buyer.country) or crm.t("report.unknown")
  end,
  month = function(inquiry)
    return tostring(inquiry.received_on):sub(1, 7)
  end,
  product = function(inquiry)
    return inquiry.product_sku or crm.t("report.unknown")
  end,
  kind = function(inquiry)
    return inquiry:label("kind")
  end,
}

local LABELS = {
  country = { ["zh-CN"] = "国家或地区", ["zh-TW"] = "國家或地區", en = "Country or region" },
  month = { ["zh-CN"] = "月份", ["zh-TW"] = "月份", en = "Month" },
  product = { ["zh-CN"] = "产品", ["zh-TW"] = "產品", en = "Product" },
  kind = { ["zh-CN"] = "邮件类别", ["zh-TW"] = "郵件類別", en = "Kind of mail" },
}

local function add(row, inquiry)
  row.mails = row.mails + 1
  if not mails.becomes_lead(inquiry.kind) then
    return
  end
  row.demands = row.demands + 1
  if QUOTED[inquiry.status] or inquiry.quotation then
    row.quoted = row.quoted + 1
  end
  if inquiry.status == "won" then
    row.won = row.won + 1
  end
end

local function rows_by(key_of, condition, values)
  local rows, by_key = {}, {}
  for inquiry in crm.each("inquiry", condition, { params = values }) do
    local key = key_of(inquiry)
    local row = by_key[key]
    if not row then
      row = { key = key, mails = 0, demands = 0, quoted = 0, won = 0 }
      by_key[key] = row
      rows[#rows + 1] = row
    end
    add(row, inquiry)
  end
  return rows
end

local function period(params)
  local conditions, values = {}, {}
  if params.from then
    conditions[#conditions + 1] = "received_on >= ?"
    values[#values + 1] = params.from
  end
  if params.to then
    conditions[#conditions + 1] = "received_on <= ?"
    values[#values + 1] = params.to
  end
  return #conditions > 0 and table.concat(conditions, " and ") or nil, values
end

local function run(params)
  local by = params.by
  if not KEYS[by] then
    error({ code = "invalid_input", message = crm.t("report.unknown_by", { by = by }) })
  end
  local rows = rows_by(KEYS[by], period(params))
  for _, row in ipairs(rows) do
    if row.demands > 0 then
      row.conversion = (crm.decimal(row.won) * HUNDRED):div(row.demands, 2)
    end
  end
  table.sort(rows, function(left, right)
    if by ~= "month" and left.demands ~= right.demands then
      return left.demands > right.demands
    end
    return left.key < right.key
  end)
  return {
    columns = {
      { name = "key", type = "text", label = LABELS[by] },
      { name = "mails", type = "integer", total = true,
        label = { ["zh-CN"] = "邮件", ["zh-TW"] = "郵件", en = "Mails" } },
      { name = "demands", type = "integer", total = true,
        label = { ["zh-CN"] = "询盘", ["zh-TW"] = "詢盤", en = "Inquiries" } },
      { name = "quoted", type = "integer", total = true,
        label = { ["zh-CN"] = "已报价", ["zh-TW"] = "已報價", en = "Quoted" } },
      { name = "won", type = "integer", total = true,
        label = { ["zh-CN"] = "成交", ["zh-TW"] = "成交", en = "Won" } },
      { name = "conversion", type = "percent",
        label = { ["zh-CN"] = "成交率", ["zh-TW"] = "成交率", en = "Conversion" } },
    },
    rows = rows,
    chart = { kind = by == "month" and "line" or "bar", label = "key", value = "demands" },
    notes = crm.t("report.inquiries_note"),
  }
end

return {
  name = "inquiries",
  title = { ["zh-CN"] = "询盘统计", ["zh-TW"] = "詢盤統計", en = "Inquiries and what became of them" },
  params = {
    { name = "by", default = "country", label = { ["zh-CN"] = "分组", ["zh-TW"] = "分組", en = "By" },
      options = {
        { value = "country", label = LABELS.country }, { value = "month", label = LABELS.month },
        { value = "product", label = LABELS.product }, { value = "kind", label = LABELS.kind },
      } },
    { name = "from", type = "date", label = { ["zh-CN"] = "从", ["zh-TW"] = "從", en = "From" } },
    { name = "to", type = "date", label = { ["zh-CN"] = "到", ["zh-TW"] = "到", en = "To" } },
  },
  run = run,
}
