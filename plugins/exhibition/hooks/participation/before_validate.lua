-- Fills in what follows from the customer, the booth and the status, unless somebody said otherwise.

local fees = require "lib.fees"
local statuses = require "lib.statuses"

local function main_contact(customer)
  return crm.find("contact", "customer = ? and primary = true", {
    params = { customer.id },
    limit = 1,
  })[1]
end

local function fill_from_customer(rec, customer)
  if not rec.product_class then
    rec.product_class = customer.exhibition_product_class
  end
  if not rec.fascia then
    rec.fascia = customer.name
  end
  if not rec.contact and rec:is_new() then
    rec.contact = main_contact(customer)
  end
end

-- A value given by hand is kept until the participation moves to another booth.
local function fill_from_booth(rec, booth)
  local moved = not rec:is_new() and rec:changed("booth")
  local function fill(field, value)
    if rec[field] == nil or (moved and not rec:changed(field)) then
      rec[field] = value
    end
  end
  fill("show", booth.show)
  fill("booth_type", booth.booth_type)
  fill("area", booth.area)
  fill("unit_price", fees.unit_price(booth))
  fill("corner_rate", fees.corner_rate(booth))
end

-- The day of a stage is the day on which it was entered; of a participation of the past it is not known.
local DAYS = { contracted = "contracted_on", moved_in = "moved_in_on", moved_out = "moved_out_on" }

local function date_the_stage(rec)
  if rec:any_stage() then
    return
  end
  if statuses.is_sold(rec.status) and not rec.confirmed_on then
    rec.confirmed_on = crm.date.today()
  end
  local day = DAYS[rec.status]
  if day and not rec[day] then
    rec[day] = crm.date.today()
  end
end

return function(rec)
  if rec.customer then
    fill_from_customer(rec, rec.customer)
  end
  if rec.booth then
    fill_from_booth(rec, rec.booth)
  end
  date_the_stage(rec)
end
