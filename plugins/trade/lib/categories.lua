-- The category tree of the catalogue, made from the headings category1 to category4.

local categories = {}

local LEVELS = 4

--- The names of the categories of a product from the top, without empty ones.
function categories.names(product)
  local names = {}
  for level = 1, LEVELS do
    names[#names + 1] = product["trade_category" .. level]
  end
  return names
end

local function find(path)
  return crm.find("product_category", "path = ?", { params = { path }, limit = 1 })[1]
end

--- The category with these names from the top, made with all above it when it is not there. Nil without
--- names.
function categories.ensure(names)
  local category, path
  for level, name in ipairs(names) do
    path = path and path .. "/" .. name or name
    category = find(path) or crm.create("product_category", {
      code = path,
      name = name,
      name_en = name,
      parent = category,
      level = level,
      path = path,
    })
  end
  return category
end

return categories
