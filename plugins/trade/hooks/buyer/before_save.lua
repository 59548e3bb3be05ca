-- A buyer is a customer too: the one of the same name, or else a new one.

local function find_customer(name)
  return crm.find("customer", "name = ?", { params = { name }, sort = "id", limit = 1 })[1]
end

return function(buyer)
  if buyer.customer then
    return
  end
  buyer.customer = find_customer(buyer.name) or crm.create("customer", {
    name = buyer.name,
    name_en = buyer.name,
    source = "trade_inquiry",
    contact_name = buyer.contact_name,
    email = buyer.email,
    phone = buyer.phone,
    website = buyer.website,
    address = buyer.address,
  })
end
