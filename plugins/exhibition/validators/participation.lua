-- The booth must be one of the show, free in it, of the right type and large enough.

local services = require "lib.services"

local function belongs_to_show(rec, booth, fail)
  if booth:id_of("show") ~= rec:id_of("show") then
    fail("booth", crm.t("participation.booth_of_other_show", {
      booth = booth.number,
      show = rec.show.name,
    }))
  end
end

local function is_free(rec, booth, fail)
  if rec.status == "cancelled" then
    return
  end
  local taken = crm.find(
    "participation",
    "show = ? and booth = ? and status <> 'cancelled' and id <> ?",
    { params = { rec:id_of("show"), booth.id, rec.id or 0 }, limit = 1 }
  )[1]
  if taken then
    fail("booth", crm.t("participation.booth_taken", {
      booth = booth.number,
      code = taken.code,
      customer = taken.customer.name,
    }))
  end
end

local function fits(rec, booth, fail)
  if rec.booth_type and rec.booth_type ~= booth.booth_type then
    fail("booth_type", crm.t("participation.wrong_booth_type", {
      booth = booth.number,
      type = booth:label("booth_type"),
    }))
  end
  if rec.area and booth.area and rec.area > booth.area then
    fail("area", crm.t("participation.area_too_large", {
      booth = booth.number,
      area = tostring(rec.area),
      booth_area = tostring(booth.area),
    }))
  end
end

local function contact_of_customer(rec, fail)
  if rec.contact and rec.customer and rec.contact:id_of("customer") ~= rec:id_of("customer") then
    fail("contact", crm.t("participation.contact_of_other_customer", {
      contact = rec.contact.name,
      customer = rec.customer.name,
    }))
  end
end

local function fee_of_services(rec, fail)
  if rec:is_new() or not rec:changed("service_fee") then
    return
  end
  local sum, count = services.total(rec.id)
  if count > 0 and rec.service_fee ~= sum then
    fail("service_fee", crm.t("participation.fee_from_services", { count = tostring(count), sum = sum:format() }))
  end
end

return function(rec, fail)
  local booth = rec.booth
  if booth and rec.show then
    belongs_to_show(rec, booth, fail)
    is_free(rec, booth, fail)
    fits(rec, booth, fail)
  end
  contact_of_customer(rec, fail)
  fee_of_services(rec, fail)
end
