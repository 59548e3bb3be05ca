-- From inquiries to buyers.

local inquiries = {}

--- The buyer of an inquiry: the one it names, the one with the sender's e-mail, or else a new one.
function inquiries.buyer(inquiry)
  if inquiry.buyer then
    return inquiry.buyer
  end
  local known = crm.find("buyer", "email = ?", { params = { inquiry.from_email }, limit = 1 })[1]
  if known then
    return known
  end
  local buyer = crm.create("buyer", {
    name = inquiry.company or inquiry.from_name or inquiry.from_email,
    country = inquiry.country,
    contact_name = inquiry.from_name,
    email = inquiry.from_email,
    incoterm = inquiry.incoterm,
    port = inquiry.port,
  })
  -- Who works on the inquiry looks after the customer.
  if inquiry.owner and not buyer.customer.owner then
    crm.update(buyer.customer, { owner = inquiry.owner })
  end
  return buyer
end

local OPEN = { new = true, working = true }

--- Names the buyer's customer in a lead that is still open and says that it is qualified; lead may be nil.
function inquiries.qualify_lead(lead, buyer)
  if lead and OPEN[lead.status] then
    crm.update(lead, { status = "qualified", customer = buyer.customer })
  end
end

return inquiries
