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
  if rec.from_email and not rec.buyer then
    rec.buyer = buyer_of(rec.from_email)
  end
  if not rec.thread and rec.subject then
    rec.thread = mails.thread(rec)
  end
end
