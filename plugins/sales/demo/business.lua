-- A year of business with the customers, for every report to have something to show: follow-ups, leads,
-- opportunities in every stage, quotes, orders in every status, and receipts. The same each time.

local random = require "demo.random"
local convert_lead = require("commands.convert_lead").run
local quote_to_order = require("commands.quote_to_order").run

-- The data is written as of this day, and moved to the day of installation with the files.
local shift = ...
local DAY = crm.date.date(2026, 11, 21) + shift

local SUBJECTS = { "介绍新品", "回访用量", "报价跟进", "催收货款", "邀请看样", "处理投诉" }
local RESULTS = { "有意向，要求报价", "暂无需求，下月再联系", "同意试用", "要求降价", "已转告负责人", "约定上门" }
local WAYS = { "telephone", "telephone", "visit", "wechat", "email", "meeting" }
local NEEDS = { "播种机更新", "年度包装采购", "冷链设备", "五金工具补货", "春耕农资", "灌溉改造" }
local COMPETITORS = { "宏达商贸", "中联农资", "", "" }
local REASONS = { "price", "competitor", "budget", "postponed", "delivery" }
local METHODS = { "bank_transfer", "bank_transfer", "acceptance", "cheque", "wechat_pay" }
local DISCOUNTS = { "0", "0", "0", "3.00", "5.00" }

local products = crm.find("product", nil, { sort = "code", limit = 100 })

local function rows()
  local list = {}
  for index = 1, random.integer(1, 4) do
    local product = random.pick(products)
    local is_dear = product.list_price > crm.decimal(500)
    local most = is_dear and 3 or 60
    list[index] = {
      product = product,
      quantity = random.integer(1, most),
      discount_rate = random.integer(1, 5) == 1 and "5.00" or "0.00",
    }
  end
  return list
end

local function follow_up(customer, day, opportunity)
  crm.create("follow_up", {
    customer = customer,
    contact = customer.contacts[1],
    opportunity = opportunity,
    way = random.pick(WAYS),
    contacted_on = day,
    subject = random.pick(SUBJECTS),
    result = random.pick(RESULTS),
  })
end

local function opportunity(customer, stage)
  local record = crm.create("opportunity", {
    customer = customer,
    name = (customer.short_name or customer.name) .. "：" .. random.pick(NEEDS),
    stage = stage,
    expected_amount = random.integer(20, 900) * 100,
    expected_on = DAY + random.integer(5, 120),
    competitor = random.pick(COMPETITORS),
  })
  follow_up(customer, DAY - random.integer(0, 60), record)
  return record
end

local function quote(customer, record, day)
  return crm.create("quote", {
    customer = customer,
    opportunity = record,
    quoted_on = day,
    discount_rate = random.pick(DISCOUNTS),
    lines = rows(),
  })
end

local function order(customer, day)
  return crm.create("sales_order", {
    customer = customer,
    ordered_on = day,
    delivery_on = day + random.integer(3, 20),
    discount_rate = random.pick(DISCOUNTS),
    lines = rows(),
  })
end

-- Confirms an order when the customer's credit allows it, and delivers it when it is a month old.
local function confirm(record, day)
  record = crm.get("sales_order", record.id)
  local limit = record.customer.credit_limit
  if limit and record.total * crm.decimal(3) > limit then
    return nil
  end
  record = crm.update(record, { status = "confirmed" })
  if DAY - day > 30 then
    record = crm.update(record, { status = "delivered" })
  end
  return record
end

-- Old orders are mostly paid, newer ones in part; an order that is paid and delivered is closed.
local function pay(customer, orders, day)
  local allocations, amount = {}, crm.decimal("0.00")
  for index, record in ipairs(orders) do
    local part = random.integer(1, 4) == 1 and record.outstanding:div(crm.decimal(2), 2) or record.outstanding
    allocations[index] = { order = record, amount = part }
    amount = amount + part
  end
  if #allocations == 0 then
    return
  end
  crm.create("receipt", {
    customer = customer,
    received_on = day,
    method = random.pick(METHODS),
    amount = random.integer(1, 8) == 1 and amount + crm.decimal("500.00") or amount,
    allocations = allocations,
  })
  for _, record in ipairs(orders) do
    record = crm.get("sales_order", record.id)
    if record.status == "delivered" and record.outstanding:is_zero() then
      crm.update(record, { status = "closed" })
    end
  end
end

-- One or two orders of this year, and mostly a receipt for both.
local function trade(customer)
  local orders, last = {}, nil
  for _ = 1, random.integer(1, 2) do
    local day = DAY - random.integer(2, 320)
    local record = order(customer, day)
    local kind = random.integer(1, 12)
    if kind == 1 then
      crm.update(record, { status = "cancelled" })
    elseif kind > 2 then
      record = confirm(record, day)
      orders[#orders + 1] = record
      last = record and (not last or day > last) and day or last
    end
  end
  if last and random.integer(1, 10) <= 6 then
    pay(customer, orders, last + math.min(DAY - last, random.integer(1, 40)))
  end
end

-- Opportunities in every stage; of those at the proposal some have a quote, and some of the quotes become
-- orders.
local function sell(customer, index)
  local turn = index % 10
  if turn < 3 then
    opportunity(customer, "qualify")
  elseif turn < 5 then
    opportunity(customer, "need")
  elseif turn == 5 then
    opportunity(customer, "negotiation")
  elseif turn == 6 then
    crm.update(opportunity(customer, "need"), { stage = "lost", loss_reason = random.pick(REASONS) })
  else
    local record = opportunity(customer, "proposal")
    local made = quote(customer, record, DAY - random.integer(1, 25))
    if turn < 9 then
      made = crm.update(made, { status = "sent" })
    end
    if turn == 8 and made.total * crm.decimal(3) < (customer.credit_limit or made.total) then
      quote_to_order({ quote = made.code })
      local sold = crm.find("sales_order", "quote = ?", { params = { made.id }, limit = 1 })[1]
      crm.update(sold, { status = "confirmed" })
    end
  end
end

local LEADS = { "赵敏", "钱进", "孙丽", "李强", "周涛", "吴迪", "郑洁", "冯军", "陈晨", "褚亮", "卫平", "蒋文" }

local function leads()
  for index, name in ipairs(LEADS) do
    local lead = crm.create("lead", {
      name = name,
      company = string.format("%s农业合作社", name),
      mobile = string.format("136000000%02d", index),
      province = "hubei",
      city = "wuhan",
      source = random.pick({ "website", "telephone", "referral" }),
      interest = random.pick(NEEDS),
      owner = string.format("S%02d", index % 5 + 1),
    })
    if index % 3 == 0 then
      lead = crm.update(lead, { status = "qualified" })
      convert_lead({ lead = lead.code })
    elseif index % 4 == 0 then
      crm.update(lead, { status = "lost", lost_reason = random.pick(REASONS) })
    elseif index % 2 == 0 then
      crm.update(lead, { status = "working" })
    end
  end
end

if crm.count("sales_order") == 0 then
  local index = 0
  for customer in crm.each("customer", nil, { sort = "code, id" }) do
    index = index + 1
    if index % 7 == 0 then
      follow_up(customer, DAY - random.integer(0, 90))
    end
    if index % 12 == 5 then
      sell(customer, index // 12)
    end
    if index % 14 == 9 then
      trade(customer)
    end
  end
  leads()
end
