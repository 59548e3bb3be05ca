-- The show of the demonstration data. It is known by its name, since its code has the year in which it opens.

local the_show = { name = "第二十届中国国际农业与食品产业博览会" }

--- The show, nil before it is made.
function the_show.find()
  return crm.find("show", "name = ?", { params = { the_show.name }, limit = 1 })[1]
end

return the_show
