-- What the booth confirmation (展位确认书) shows beside the participation's own fields, which the page has
-- already in its language. Every name is always there: "" stands for what is missing.

local ZERO = crm.decimal("0.00")

local function money(amount)
  return (amount or ZERO):format()
end

-- A measure or a percentage without zeros at its end: 27.00 is "27".
local function plain(number)
  local text = tostring(number or ZERO)
  if text:find(".", 1, true) then
    text = text:gsub("0+$", ""):gsub("%.$", "")
  end
  return text
end

local function show_data(show)
  return {
    name = show.name,
    name_en = show.name_en or show.name,
    venue = show.venue or "",
    venue_address = show.venue_address or "",
    venue_en = show.venue_en or show.venue or "",
    venue_address_en = show.venue_address_en or show.venue_address or "",
    starts_on = show.starts_on,
    ends_on = show.ends_on,
    move_in_on = show.move_in_on or show.starts_on,
    move_out_on = show.move_out_on or show.ends_on,
  }
end

local function organiser_data(show)
  return {
    name = show.organiser or show.name,
    address = show.organiser_address or "",
    name_en = show.organiser_en or show.organiser or show.name,
    address_en = show.organiser_address_en or show.organiser_address or "",
    phone = show.organiser_phone or "",
    email = show.organiser_email or "",
    account_name = show.account_name or show.organiser or show.name,
    account_name_en = show.account_name_en or show.account_name or show.organiser_en or show.organiser or show.name,
    bank = show.bank or "",
    bank_en = show.bank_en or show.bank or "",
    bank_account = show.bank_account or "",
  }
end

local function exhibitor_data(participation)
  local customer, contact = participation.customer, participation.contact
  return {
    code = customer.code,
    name = customer.name,
    name_en = customer.name_en or customer.name,
    address = customer.address or "",
    contact = contact and contact.name or customer.contact_name or customer.name,
    job_title = contact and contact.title or customer.contact_title or "",
    mobile = contact and contact.mobile or customer.mobile or "",
    email = contact and contact.email or customer.email or "",
    phone = customer.phone or "",
    fascia = participation.fascia or customer.name,
  }
end

local function booth_data(participation)
  local booth = participation.booth
  return {
    hall = booth.hall.code,
    number = booth.number,
    is_raw_space = participation.booth_type == "raw_space",
    is_standard = participation.booth_type == "standard",
    width = plain(booth.width),
    depth = plain(booth.depth),
    area = plain(participation.area),
    open_sides = booth.open_sides,
  }
end

-- An amount that is printed only when there is one.
local function money_if_any(amount)
  return amount and amount > ZERO and money(amount) or ""
end

local function fee_data(participation)
  return {
    unit_price = money(participation.unit_price),
    space_fee = money(participation.space_fee),
    corner_rate = plain(participation.corner_rate),
    corner_fee = money_if_any(participation.corner_fee),
    discount_rate = plain(participation.discount_rate),
    discount = money_if_any(participation.discount),
    service_fee = money_if_any(participation.service_fee),
    total = money(participation.total),
  }
end

-- What the service fee is made of.
local function ordered_services(participation)
  local ordered = {}
  for index, service in ipairs(participation.services) do
    local item = service.item
    ordered[index] = {
      description = service.description,
      description_en = service.description == item.name and item.name_en or service.description,
      quantity = plain(service.quantity),
      unit = service.unit or "",
      unit_price = money(service.unit_price),
    }
  end
  -- An empty table would count as a value on the page.
  return #ordered > 0 and ordered or ""
end

local function payment_data(participation, confirmed_on)
  local show = participation.show
  return {
    deposit = money(participation.deposit),
    deposit_rate = plain(show.deposit_rate),
    deposit_days = show.deposit_days or 7,
    deposit_due_on = confirmed_on + (show.deposit_days or 7),
    balance = money(participation.total - participation.deposit),
    balance_due_on = show.balance_due_on or show.move_in_on or show.starts_on,
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
    confirmed_on = confirmed_on,
    organiser = organiser_data(participation.show),
    show = show_data(participation.show),
    exhibitor = exhibitor_data(participation),
    booth = booth_data(participation),
    fees = fee_data(participation),
    ordered = ordered_services(participation),
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
