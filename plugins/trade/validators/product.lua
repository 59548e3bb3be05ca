-- The headings of the category have no gap and no slash, which parts the levels of a path.

return function(product, fail)
  local missing
  for level = 1, 4 do
    local name = product["trade_category" .. level]
    if name and missing then
      fail("trade_category" .. missing, crm.t("product.category_gap", { level = missing, below = level }))
    end
    if name and name:find("/", 1, true) then
      fail("trade_category" .. level, crm.t("product.category_slash", { name = name }))
    end
    if not name then
      missing = missing or level
    end
  end
end
