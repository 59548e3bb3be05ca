-- Says what kind of mail it is, which product, exchange and buyer it belongs to, and whether somebody works
-- on it.

local filling = require "lib.filling"
local mails = require "lib.mails"

local function product_of(sku)
  return crm.find("product", "code = ?", { params = { sku }, limit = 1 })[1]
end

local function buyer_of(email)
  return crm.find("buyer", "email = ?", { params = { email }, limit = 1 })[1]
end

-- Company and country, when the mail does not say them, from another mail of the same sender.
local function fill_from_sender(rec)
  if not rec:is_new() or (rec.company and rec.country) then
    return
  end
  local other = crm.find("inquiry", "from_email = ? and country is not empty", {
    params = { rec.from_email }, sort = "received_on desc, id desc", limit = 1,
  })[1]
  if other then
    rec.company = rec.company or other.company
    rec.country = rec.country or other.country
  end
end

local function classify(rec)
  if not rec.kind and rec.subject then
    rec.kind = mails.kind(rec)
  end
  if rec:is_new() and rec.status == "new" and mails.is_ignored(rec.kind) then
    rec.status = "ignored"
  end
end

return function(rec)
  classify(rec)
  if rec.product_sku and not rec.product then
    rec.product = product_of(rec.product_sku)
  end
  if rec.product then
    local fill = filling.of(rec, "product")
    fill("product_sku", rec.product.code)
    fill("unit", rec.product.unit)
  end
  if rec.from_email then
    rec.buyer = rec.buyer or buyer_of(rec.from_email)
    rec.owner = rec.owner or rec.buyer and rec.buyer.customer and rec.buyer.customer.owner
    fill_from_sender(rec)
  end
  if not rec.thread and rec.subject then
    rec.thread = mails.thread(rec)
  end
end
