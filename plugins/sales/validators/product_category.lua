-- The tree of categories has no circle.

return function(category, fail)
  if category:is_new() or not category.parent or not category:changed("parent") then
    return
  end
  local above = category.parent
  while above do
    if above.id == category.id then
      fail("parent", crm.t("category.cycle", { category = category.name, parent = category.parent.name }))
      return
    end
    above = above.parent
  end
end
