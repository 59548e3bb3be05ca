-- Reserves the smallest free booth that suits the intended area of a customer, for the invitation that the customer has
-- or as a new participation. Called twice it does not reserve twice.

local booths = require "lib.booths"
local records = require "sales/lib.records"
local shows = require "lib.shows"

local function find_customer(code)
  local customer = records.meant("customer", code, "name")
  if not customer then
    error({ code = "not_found", message = crm.t("assign_booth.no_customer", { code = code or "" }) })
  end
  return customer
end

local function refuse_second_booth(show, customer)
  local held = crm.find("participation", "show = ? and customer = ? and booth is not empty and status <> 'cancelled'", {
    params = { show.id, customer.id },
    limit = 1,
  })[1]
  if held then
    error({ code = "conflict", message = crm.t("assign_booth.has_booth", {
      customer = customer.name,
      booth = held.booth.number,
      code = held.code,
    }) })
  end
end

local function reserve(show, customer, booth)
  local invited = crm.find("participation", "show = ? and customer = ? and status in ('invited', 'visited')", {
    params = { show.id, customer.id },
    limit = 1,
  })[1]
  if invited then
    return crm.update(invited, { booth = booth.id, status = "reserved" })
  end
  return crm.create("participation", { show = show, customer = customer, booth = booth.id, status = "reserved" })
end

local function run(args)
  local show = shows.find(args.show)
  local customer = find_customer(args.customer)
  refuse_second_booth(show, customer)
  local booth_type, area = booths.wanted(customer)
  if not booth_type then
    error({ code = "invalid_input", message = crm.t("assign_booth.no_wish", { customer = customer.name }) })
  end
  local booth = booths.take(booths.free(show), booth_type, area)
  if not booth then
    error({ code = "not_found", message = crm.t("assign_booth.none_free", { area = tostring(area) }) })
  end
  local participation = reserve(show, customer, booth)
  return crm.t("assign_booth.done", {
    code = participation.code,
    customer = customer.name,
    booth = booth.number,
    total = participation.total:format(),
  })
end

return {
  name = "assign_booth",
  title = { ["zh-CN"] = "安排展位", ["zh-TW"] = "安排展位", en = "Assign a booth" },
  params = {
    { name = "customer", type = "text", required = true,
      label = { ["zh-CN"] = "客户编号", ["zh-TW"] = "客戶編號", en = "Customer code" } },
    { name = "show", type = "text", default = "",
      label = { ["zh-CN"] = "展会代码", ["zh-TW"] = "展會代碼", en = "Show code" } },
  },
  run = run,
}
