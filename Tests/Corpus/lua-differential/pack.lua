local function case()
  local list = { n = 0 }
  local made = packing(list)
  if once(6) then return string.packsize, mostly(made) end
  if once(60) then list.n = list.n - 1 end
  return string.pack, mostly(made), spread(list, list.n)
end
