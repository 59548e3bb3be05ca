-- The proforma invoice (形式发票), with the bank that is paid.

local currencies = require "lib.currencies"
local print_data = require "lib.print_data"
local text = require "lib.text"

local function hs_code(line)
  return line.hs_code
end

local function data(proforma)
  local shown = print_data.offer(proforma, hs_code)
  local places = currencies.places(proforma.currency)
  local deposit = proforma.deposit and not proforma.deposit:is_zero()
  shown.quotation_code = proforma.quotation.code
  shown.deposit_text = deposit and text.money(proforma.deposit, places) or ""
  shown.deposit_percent = text.plain(proforma.deposit_rate)
  shown.balance_text = text.money(proforma.balance, places)
  shown.total_cny_text = text.money(proforma.total_cny)
  shown.cny_total = proforma.total_cny or crm.decimal(0)
  shown.rate_text = text.plain(proforma.exchange_rate)
  return shown
end

return {
  name = "proforma",
  object = "proforma",
  title = { ["zh-CN"] = "形式发票", ["zh-TW"] = "形式發票", en = "Proforma invoice" },
  data = data,
}
