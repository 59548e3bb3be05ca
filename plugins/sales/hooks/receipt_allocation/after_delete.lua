-- What was allocated is open again, in the order and in the receipt.

return function(allocation)
  for _, field in ipairs({ "order", "receipt" }) do
    local object = field == "order" and "sales_order" or "receipt"
    local record = crm.get(object, allocation:id_of(field))
    if record then
      crm.update(record, {})
    end
  end
end
