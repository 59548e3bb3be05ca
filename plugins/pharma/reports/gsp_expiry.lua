-- Distributors whose certificates have expired or end soon, with what hangs on it: open orders, and goods that moved
-- after the certificate had ended. Flows are reports of what happened and are never refused; here they are shown.

local columns = require "lib.columns"
local gsp = require "lib.gsp"

local column = columns.column

local function sum_after_expiry(condition, id, valid_until)
  local sum = crm.aggregate("flow", {
    where = condition .. " = ? and flow_on > ?",
    params = { id, valid_until },
    measures = { quantity = "sum(quantity)" },
  })[1]
  return sum and sum.quantity or 0
end

local function open_orders(customer_id)
  if not customer_id then
    return 0
  end
  return crm.count("sales_order", "customer = ? and status in ('draft', 'confirmed')", { params = { customer_id } })
end

local function row(distributor, certificate, valid_until, number, today, days)
  local expired = valid_until < today
  return {
    code = distributor.code,
    name = distributor.name,
    certificate = crm.t("gsp.certificate_" .. certificate),
    number = number,
    valid_until = valid_until,
    days = valid_until - today,
    state = crm.t("gsp.state_" .. gsp.state(valid_until, today, days)),
    orders = open_orders(distributor:id_of("customer")),
    shipped = expired and sum_after_expiry("shipper", distributor.id, valid_until) or 0,
    received = expired and sum_after_expiry("receiver_distributor", distributor.id, valid_until) or 0,
  }
end

local function run(params)
  local today = crm.date.today()
  local days = params.days or crm.plugin.settings.gsp_warning_days
  if days < 0 then
    error({ code = "invalid_input", message = crm.t("gsp.bad_days", { days = days }) })
  end
  local rows = {}
  local function collect(certificate, field, number)
    local options = { params = { today + days }, sort = field .. ", code" }
    for distributor in crm.each("distributor", field .. " <= ?", options) do
      rows[#rows + 1] = row(distributor, certificate, distributor[field], distributor[number], today, days)
    end
  end
  collect("gsp", "gsp_until", "gsp_number")
  collect("licence", "licence_until", "licence_number")
  return {
    columns = {
      column("code", "text", "商业公司编码", "商業公司編碼", "Distributor"),
      column("name", "text", "商业公司", "商業公司", "Name"),
      column("certificate", "text", "证照", "證照", "Certificate"),
      column("number", "text", "证号", "證號", "Number"),
      column("valid_until", "date", "有效期至", "有效期至", "Valid until"),
      column("days", "integer", "剩余天数", "剩餘天數", "Days left"),
      column("state", "text", "状态", "狀態", "State"),
      column("orders", "integer", "未完成订单", "未完成訂單", "Open orders", true),
      column("shipped", "integer", "过期后发货", "過期後出貨", "Shipped after expiry", true),
      column("received", "integer", "过期后收货", "過期後收貨", "Received after expiry", true),
    },
    rows = rows,
    notes = crm.t("gsp.note", { days = days, day = tostring(today) }),
  }
end

return {
  name = "gsp_expiry",
  title = { ["zh-CN"] = "证照到期预警", ["zh-TW"] = "證照到期預警", en = "Certificates that end" },
  params = {
    { name = "days", type = "integer",
      label = { ["zh-CN"] = "预警天数", ["zh-TW"] = "預警天數", en = "Days ahead" } },
  },
  run = run,
}
