-- The Chinese names of the categories in demo/products-export.csv; their English names stay.

local NAMES = {
  Hardware = "五金", Homeware = "家居", Garden = "园艺", Packaging = "包装",
  Tools = "工具", Kitchen = "厨房用品", Outdoor = "户外用品", Boxes = "箱盒",
  Steel = "钢制", Plastic = "塑料", Wood = "木制",
  Basic = "基础款", Premium = "高级款",
}

-- From the top, so that a path is written once for each level.
for level = 1, 4 do
  for category in crm.each("product_category", "level = ?", { params = { level }, sort = "id" }) do
    local name = NAMES[category.name_en]
    if name and name ~= category.name then
      crm.update(category, { name = name })
    end
  end
end
