-- What quotations and proforma invoices have in common: terms, totals, being frozen once they went out,
-- revisions.

local currencies = require "lib.currencies"
local filling = require "lib.filling"
local fraction = require "lib.fraction"
local goods = require "lib.goods"
local records = require "sales/lib.records"

local papers = {}

local ZERO, HUNDRED = crm.decimal("0.00"), crm.decimal(100)

--- The fields of a paper that say what was offered; they do not change once it is out.
papers.TERMS = {
  "buyer", "exporter", "currency", "exchange_rate", "incoterm", "port_of_loading", "port_of_destination",
  "payment_term", "delivery_days", "remarks",
}

local function default_exporter()
  return crm.find("exporter", "is_default = true", { limit = 1 })[1]
end

--- Fills the terms of a paper in from its buyer, the default exporter and the rate of the day.
function papers.fill_terms(rec, day)
  local buyer = rec.buyer
  if buyer then
    local fill = filling.of(rec, "buyer")
    fill("currency", buyer.currency)
    fill("incoterm", buyer.incoterm)
    fill("port_of_destination", buyer.port)
    fill("payment_term", buyer.payment_term)
  end
  if not rec.owner and buyer and buyer.customer then
    rec.owner = buyer.customer.owner
  end
  if rec:is_new() then
    rec.exporter = rec.exporter or default_exporter()
  end
  if rec.exporter then
    filling.of(rec, "exporter")("port_of_loading", rec.exporter.port)
  end
  filling.of(rec, "currency")("exchange_rate", currencies.rate(rec.currency, day))
end

--- Refuses changes of what a paper offered once it is out, and every change of one that a later revision
--- replaced. frozen_fields: those of papers.TERMS and others.
function papers.check_frozen(rec, fail, frozen_fields)
  if rec:is_new() then
    return
  end
  local status = rec:old("status")
  if status == "draft" then
    return
  end
  local key = status == "superseded" and "paper.superseded" or "paper.frozen"
  for _, field in ipairs(frozen_fields) do
    if rec:changed(field) then
      fail(field, crm.t(key, { code = rec.code }))
    end
  end
end

--- Refuses to change a line of a paper that is out; paper: the record that the line belongs to.
function papers.check_line(paper, fail)
  if paper and paper.status ~= "draft" then
    fail(nil, crm.t("paper.line_frozen", { code = paper.code, status = paper:label("status") }))
  end
end

--- Refuses to delete a paper that is out.
function papers.check_delete(rec)
  if rec.status ~= "draft" then
    crm.reject(crm.t("paper.delete_refused", { code = rec.code, status = rec:label("status") }), "status")
  end
end

--- Says that a currency has no cents when an amount has some.
function papers.check_places(line, currency, fail)
  local price = line.unit_price
  if price and currency and currencies.places(currency) == 0 and price:round(0) ~= price then
    fail("unit_price", crm.t("paper.no_cents", { currency = currency }))
  end
end

--- The amount of a line in the currency of its paper.
function papers.amount(line, currency)
  return (line.quantity * line.unit_price):round(currencies.places(currency))
end

--- Total, total in CNY and measures of a paper's lines.
function papers.totals(rec, lines)
  local totals = goods.measures(lines)
  totals.total = goods.sum(lines, "amount") or ZERO
  if rec.exchange_rate then
    totals.total_cny = fraction.round(fraction.of(totals.total) * rec.exchange_rate, 2)
  end
  return totals
end

local function differs(rec, values, fields)
  for _, field in ipairs(fields) do
    if rec[field] ~= values[field] then
      return true
    end
  end
  return false
end

--- Saves computed values of a record when one differs; a field without a value is emptied.
function papers.store(rec, values, fields)
  if not differs(rec, values, fields) then
    return
  end
  local changes = {}
  for _, field in ipairs(fields) do
    if values[field] ~= nil then
      changes[field] = values[field]
    else
      changes[field] = ""
    end
  end
  crm.update(rec, changes)
end

--- amount of percent, to the cent of a currency.
function papers.share(amount, percent, currency)
  return (amount * percent):div(HUNDRED, currencies.places(currency))
end

--- The paper with a code; raises with a text when there is none.
function papers.find(object, code)
  local found = records.meant(object, code)
  if not found then
    error({ code = "not_found", message = crm.t("paper.unknown_" .. object, { code = code or "" }) })
  end
  return found
end

--- The rule of a paper's numbers: PREFIX2026MM-0001 counted by the month of its day, and for revisions the number of
--- the first one with -R1, -R2 …
function papers.code_rule(prefix, day_field)
  return function(rec, next)
    if rec.original then
      return rec.original.code .. "-R" .. rec.revision
    end
    local day = rec[day_field]
    local month = string.format("%04d%02d", day.year, day.month)
    return string.format("%s%s-%04d", prefix, month, next(month))
  end
end

local REVISABLE = {
  export_quotation = { sent = true, rejected = true, expired = true, accepted = true },
  proforma = { issued = true },
}

local function last_revision(object, original)
  local last = crm.find(object, "original = ? or id = ?", {
    params = { original.id, original.id }, sort = "revision desc", limit = 1,
  })[1]
  return last.revision
end

--- Makes the next revision of a paper as a draft with copies of its lines, and marks the paper as superseded.
--- fields: what is copied beside papers.TERMS; line_fields: what is copied of lines.
function papers.revise(rec, fields, line_fields, reason)
  local object = rec:object()
  if not REVISABLE[object][rec.status] then
    error({
      code = "validation_failed",
      message = crm.t("paper.not_revisable", { code = rec.code, status = rec:label("status") }),
    })
  end
  local original = rec.original or rec
  local revision = last_revision(object, original) + 1
  local values = { original = original, revision = revision, revision_reason = reason, lines = {} }
  for _, list in ipairs({ papers.TERMS, fields }) do
    for _, field in ipairs(list) do
      values[field] = rec[field]
    end
  end
  for index, line in ipairs(rec.lines) do
    values.lines[index] = goods.copy(line, line_fields)
  end
  local revised = crm.create(object, values)
  crm.update(rec, { status = "superseded" })
  return revised
end

--- A paper is superseded by a later revision only.
function papers.check_superseded(rec, fail)
  if rec.status ~= "superseded" or not rec:changed("status") then
    return
  end
  local original = rec:id_of("original") or rec.id
  local later = original and crm.count(rec:object(), "original = ? and revision > ?", {
    params = { original, rec.revision },
  }) or 0
  if later == 0 then
    fail("status", crm.t("paper.no_later_revision", { code = rec.code or "" }))
  end
end

return papers
