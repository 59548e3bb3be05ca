-- What is not said about an ordered service comes from the item; the amount follows from quantity and price.

return function(service)
  local item = service.item
  if item then
    local other = not service:is_new() and service:changed("item")
    local function fill(field, value)
      if service[field] == nil or (other and not service:changed(field)) then
        service[field] = value
      end
    end
    fill("description", item.name)
    fill("unit", item.unit)
    fill("unit_price", item.unit_price)
  end
  if service.quantity and service.unit_price then
    service.amount = (service.quantity * service.unit_price):round(2)
  end
end
