-- The floor area follows from the sides, unless somebody knows better.

return function(hall)
  if hall.width and hall.depth and not hall.area then
    hall.area = (hall.width * hall.depth):round(2)
  end
end
