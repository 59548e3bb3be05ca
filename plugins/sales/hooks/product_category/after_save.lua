-- The categories below take the new path.

return function(category)
  if category:is_new() or not (category:changed("path") or category:changed("level")) then
    return
  end
  for below in crm.each("product_category", "parent = ?", { params = { category.id }, sort = "id" }) do
    crm.update(below, {})
  end
end
