-- A booth belongs to the show of its hall, and its area follows from its sides.

return function(booth)
  if booth.hall and not booth.show then
    booth.show = booth.hall.show
  end
  if booth.width and booth.depth then
    booth.area = (booth.width * booth.depth):round(2)
  end
end
