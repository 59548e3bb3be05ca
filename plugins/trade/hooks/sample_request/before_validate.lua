-- Fills in what follows from the inquiry, and the days on which a sample was sent and received, which are not known of one of
-- the past.

local filling = require "lib.filling"

return function(rec)
  if rec.inquiry then
    local fill = filling.of(rec, "inquiry")
    fill("buyer", rec.inquiry.buyer)
    fill("product", rec.inquiry.product)
  end
  if rec:any_stage() then
    return
  end
  if rec.status == "sent" and not rec.sent_on then
    rec.sent_on = crm.date.today()
  elseif rec.status == "received" and not rec.received_on then
    rec.received_on = crm.date.today()
  end
end
