-- What follows from the outcome of a first visit (首访): who decides at once is invited, who raises objections stays
-- invited, who refuses becomes a lead of a visitor.

local shows = require "lib.shows"

local first_visits = {}

--- The participation of a customer in a show that is not cancelled; nil when there is none.
local function participation_in(show, customer)
  return crm.find("participation", "show = ? and customer = ? and status <> 'cancelled'", {
    params = { show.id, customer.id },
    limit = 1,
  })[1]
end

local function invite(show, customer)
  return crm.create("participation", { show = show, customer = customer, status = "invited" })
end

local function mark_visited(show, customer)
  local participation = participation_in(show, customer)
  if participation and participation.status == "invited" then
    crm.update(participation, { status = "visited" })
  end
end

local function withdraw(show, customer)
  local participation = participation_in(show, customer)
  if participation and (participation.status == "invited" or participation.status == "visited") then
    crm.update(participation, {
      status = "cancelled",
      cancel_reason = customer.exhibition_refusal_reason or customer:label("exhibition_first_visit"),
    })
  end
end

local function primary_contact(customer)
  return crm.find("contact", "customer = ? and primary = true", { params = { customer.id }, limit = 1 })[1]
end

local function interest(customer)
  local parts = {}
  if customer.exhibition_product_class then
    parts[#parts + 1] = customer:label("exhibition_product_class")
  end
  if customer.exhibition_refusal_reason then
    parts[#parts + 1] = crm.t("first_visit.refused_because", { reason = customer.exhibition_refusal_reason })
  end
  return #parts > 0 and table.concat(parts, "；") or nil
end

--- The lead of a visitor that a customer has become; nil when there is none.
function first_visits.visitor_lead(customer)
  return crm.find("lead", "customer = ? and kind = 'exhibition_visitor'", { params = { customer.id }, limit = 1 })[1]
end

local function make_visitor_lead(customer)
  if first_visits.visitor_lead(customer) then
    return
  end
  local contact = primary_contact(customer)
  crm.create("lead", {
    kind = "exhibition_visitor",
    name = contact and contact.name or customer.contact_name or customer.name,
    company = customer.name,
    mobile = customer.mobile,
    phone = customer.phone,
    email = customer.email,
    province = customer.province,
    city = customer.city,
    source = customer.source,
    owner = customer.owner,
    customer = customer,
    contact = contact,
    interest = interest(customer),
  })
end

--- Does what the outcome of a customer's first visit asks for.
function first_visits.apply(customer)
  local outcome = customer.exhibition_first_visit
  if not outcome or outcome == "not_contacted" then
    return
  end
  if outcome == "refusal" then
    make_visitor_lead(customer)
  end
  local show = shows.recruiting()
  if not show then
    return
  end
  if outcome == "immediate" and not participation_in(show, customer) then
    invite(show, customer)
  end
  if outcome == "immediate" or outcome == "objection" then
    mark_visited(show, customer)
  elseif outcome == "refusal" then
    withdraw(show, customer)
  end
end

--- Says what is missing beside an outcome: objections and refusals are worth nothing without their reason, and
--- objections need a day to come back to them.
function first_visits.check(rec, fail)
  local outcome = rec.exhibition_first_visit
  if outcome == "objection" then
    if not rec.exhibition_objection then
      fail("exhibition_objection", crm.t("first_visit.objection_needed"))
    end
    if not rec.next_contact_on then
      fail("next_contact_on", crm.t("first_visit.next_contact_needed"))
    elseif rec.next_contact_on < crm.date.today() then
      fail("next_contact_on", crm.t("first_visit.next_contact_past", { day = tostring(rec.next_contact_on) }))
    end
  elseif outcome == "refusal" and not rec.exhibition_refusal_reason then
    fail("exhibition_refusal_reason", crm.t("first_visit.reason_needed"))
  end
end

return first_visits
