local function case() return string.match, mostly(text()), mostly(any_pattern()), once(3) and mostly(position()) or nil end
