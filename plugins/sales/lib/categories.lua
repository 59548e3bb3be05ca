-- The tree of product categories.

local categories = {}

--- The path of a category below a parent: its names from the top, joined by "/".
function categories.path(parent, name)
  return parent and parent.path .. "/" .. name or name
end

--- The category with this path; it and those above it are made when they are not there yet. names_en: the
--- English names from the top, or nil.
function categories.ensure(path, names_en)
  local parent, at, level = nil, nil, 0
  for name in path:gmatch("[^/]+") do
    level = level + 1
    at = at and at .. "/" .. name or name
    local category = crm.find("product_category", "path = ?", { params = { at }, limit = 1 })[1]
    if not category then
      category = crm.create("product_category", {
        name = name,
        name_en = names_en and names_en[level],
        parent = parent,
      })
    end
    parent = category
  end
  return parent
end

return categories
