-- Makes a draft order of a quote (报价转订单), with its lines and terms, and marks the quote as accepted.

local documents = require "lib.documents"
local records = require "lib.records"

local LINE_FIELDS = {
  "product", "description", "unit", "quantity", "unit_price", "discount_rate", "tax_rate",
}

local function refuse(key, quote, more)
  local values = more or {}
  values.code = quote.code
  values.status = quote:label("status")
  error({ code = "invalid_input", message = crm.t(key, values) })
end

local function check(quote)
  if quote.status ~= "sent" and quote.status ~= "accepted" then
    refuse("quote_to_order.wrong_status", quote)
  end
  if quote.status == "sent" and quote.valid_until < crm.date.today() then
    refuse("quote_to_order.expired", quote, { day = tostring(quote.valid_until) })
  end
  local order = crm.find("sales_order", "quote = ? and status <> 'cancelled'", {
    params = { quote.id },
    limit = 1,
  })[1]
  if order then
    refuse("quote_to_order.already", quote, { order = order.code })
  end
end

local function copied_lines(quote)
  local rows = {}
  for index, line in ipairs(documents.lines(quote)) do
    local row = {}
    for _, field in ipairs(LINE_FIELDS) do
      row[field] = line[field]
    end
    rows[index] = row
  end
  return rows
end

local function run(args)
  local quote = records.find("quote", args.quote)
  check(quote)
  if quote.status == "sent" then
    quote = crm.update(quote, { status = "accepted" })
  end
  local order = crm.create("sales_order", {
    quote = quote,
    owner = quote.owner,
    notes = quote.notes,
    lines = copied_lines(quote),
  })
  order = crm.get("sales_order", order.id)
  return crm.t("quote_to_order.done", {
    quote = quote.code,
    order = order.code,
    customer = order.customer.name,
    total = order.total:format(),
  })
end

return {
  name = "quote_to_order",
  title = { ["zh-CN"] = "报价单转订单", ["zh-TW"] = "報價單轉訂單", en = "Make an order of a quote" },
  params = {
    { name = "quote", type = "text", required = true,
      label = { ["zh-CN"] = "报价单号", ["zh-TW"] = "報價單號", en = "Quote number" } },
  },
  run = run,
}
