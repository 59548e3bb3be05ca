-- Mails that came before the buyer was known are put to him.

return function(buyer)
  if not buyer.email or not (buyer:is_new() or buyer:changed("email")) then
    return
  end
  local options = { params = { buyer.email }, sort = "id" }
  for mail in crm.each("inquiry", "from_email = ? and buyer is empty", options) do
    crm.update(mail, { buyer = buyer })
  end
end
