-- A line of a quote or order takes from its product what nobody gave.

return function(line)
  local product = line.product
  if not product then
    if line:is_new() and not line.tax_rate then
      line.tax_rate = crm.decimal("13.00")
    end
    return
  end
  local replaced = not line:is_new() and line:changed("product")
  local function fill(field, value)
    if line[field] == nil or (replaced and not line:changed(field)) then
      line[field] = value
    end
  end
  fill("description", product.spec and product.name .. " " .. product.spec or product.name)
  fill("unit", product.unit)
  fill("unit_price", product.list_price)
  fill("tax_rate", product.tax_rate)
end
