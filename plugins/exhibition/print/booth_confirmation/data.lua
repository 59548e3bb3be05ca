-- What the booth confirmation (展位确认书) shows: texts ready to print, in the languages that need their own.

local english = require "lib.english"

local ZERO = crm.decimal("0.00")

local function dates(date)
  return { zh = date and date:format("zh") or "", en = english.date(date) }
end

local function money(amount)
  return (amount or ZERO):format()
end

local function show_data(show)
  return {
    code = show.code,
    name = show.name,
    name_en = show.name_en or show.name,
    venue = show.venue,
    venue_address = show.venue_address,
    starts_on = dates(show.starts_on),
    ends_on = dates(show.ends_on),
    move_in_on = dates(show.move_in_on or show.starts_on),
    move_out_on = dates(show.move_out_on or show.ends_on),
  }
end

local function organiser_data(show)
  return {
    name = show.organiser or show.name,
    address = show.organiser_address,
    phone = show.organiser_phone,
    email = show.organiser_email,
    account_name = show.account_name or show.organiser,
    bank = show.bank,
    bank_account = show.bank_account,
  }
end

local function exhibitor_data(participation)
  local customer, contact = participation.customer, participation.contact
  return {
    code = customer.code,
    name = customer.name,
    address = customer.address,
    contact = contact and contact.name or customer.contact_name,
    job_title = contact and contact.job_title or customer.contact_title,
    mobile = contact and contact.mobile or customer.mobile,
    email = contact and contact.email or customer.email,
    phone = customer.phone,
    fascia = participation.fascia or customer.name,
    product_class = participation.product_class and participation:label("product_class") or "",
  }
end

local function booth_data(participation)
  local booth = participation.booth
  return {
    hall = booth.hall.code,
    number = booth.number,
    type = participation:label("booth_type"),
    is_raw_space = participation.booth_type == "raw_space",
    is_standard = participation.booth_type == "standard",
    width = tostring(booth.width),
    depth = tostring(booth.depth),
    area = tostring(participation.area),
    open_sides = booth.open_sides,
  }
end

local function fee_data(participation)
  local function more_than_zero(amount)
    return amount ~= nil and amount > ZERO
  end
  return {
    unit_price = money(participation.unit_price),
    space_fee = money(participation.space_fee),
    corner_rate = tostring(participation.corner_rate or ZERO),
    corner_fee = more_than_zero(participation.corner_fee) and money(participation.corner_fee) or nil,
    service_fee = more_than_zero(participation.service_fee) and money(participation.service_fee) or nil,
    discount_rate = tostring(participation.discount_rate or ZERO),
    discount = more_than_zero(participation.discount) and money(participation.discount) or nil,
    total = money(participation.total),
    total_in_english = english.yuan(participation.total),
  }
end

local function payment_data(participation, confirmed_on)
  local show = participation.show
  return {
    deposit = money(participation.deposit),
    deposit_rate = tostring(show.deposit_rate or ZERO),
    deposit_days = show.deposit_days,
    deposit_due_on = dates(confirmed_on + (show.deposit_days or 7)),
    balance = money(participation.total - participation.deposit),
    balance_due_on = dates(show.balance_due_on or show.move_in_on or show.starts_on),
  }
end

local function data(participation)
  if not participation.booth then
    error({
      code = "invalid_input",
      message = crm.t("booth_confirmation.no_booth", { code = participation.code }),
    })
  end
  local confirmed_on = participation.confirmed_on or crm.date.today()
  return {
    code = participation.code,
    confirmed_on = dates(confirmed_on),
    organiser = organiser_data(participation.show),
    show = show_data(participation.show),
    exhibitor = exhibitor_data(participation),
    booth = booth_data(participation),
    fees = fee_data(participation),
    total = participation.total,
    payment = payment_data(participation, confirmed_on),
  }
end

return {
  name = "booth_confirmation",
  object = "participation",
  title = { ["zh-CN"] = "展位确认书", ["zh-TW"] = "展位確認書", en = "Booth confirmation" },
  data = data,
}
