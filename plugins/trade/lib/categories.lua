-- The category tree of the catalogue, made from the headings category1 to category4.

local categories = {}

local LEVELS = 4

--- The names of the categories of a product from the top. None when one has a slash, which a validator
--- refuses.
function categories.names(product)
  local names = {}
  for level = 1, LEVELS do
    local name = product["trade_category" .. level]
    if name and name:find("/", 1, true) then
      return {}
    end
    names[#names + 1] = name
  end
  return names
end

-- A category below a parent (nil: at the top) by either of its names, so that the company may translate them.
local function find(parent, name)
  local condition = (parent and "parent = ?" or "parent is empty") .. " and (name = ? or name_en = ?)"
  local params = parent and { parent.id, name, name } or { name, name }
  return crm.find("product_category", condition, { params = params, sort = "id", limit = 1 })[1]
end

--- The category with these names from the top, made with all above it when it is not there. Nil without
--- names.
function categories.ensure(names)
  local category
  for _, name in ipairs(names) do
    category = find(category, name) or crm.create("product_category", {
      name = name,
      name_en = name,
      parent = category,
    })
  end
  return category
end

return categories
