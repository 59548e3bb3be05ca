local function case()
  local from = once(3) and position() or nil
  local plain = once(10) and mostly(once(2)) or nil
  return string.find, mostly(text()), mostly(any_pattern()), mostly(from), plain
end
