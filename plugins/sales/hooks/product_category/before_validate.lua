-- Path and level follow from the parent and the name. A new category may also be given by its path alone.

local categories = require "lib.categories"

return function(category)
  if category:is_new() and category.path and not category.name then
    local above, name = category.path:match("^(.*)/([^/]+)$")
    category.name = name or category.path
    if above then
      category.parent = categories.ensure(above)
    end
  end
  if category.name then
    category.path = categories.path(category.parent, category.name)
    category.level = category.parent and category.parent.level + 1 or 1
  end
end
