-- Breaking texts into lines for drawings. A Chinese sign is as wide as the font is high, others a little over half.

local text_width = {}

local function width_of(sign)
  return #sign > 1 and 1 or 0.56
end

--- How wide a text is, in heights of the font.
function text_width.of(text)
  local width = 0
  for sign in text:gmatch(utf8.charpattern) do
    width = width + width_of(sign)
  end
  return width
end

--- The text in at most `count` lines of at most `width` heights; what does not fit ends with "…".
function text_width.lines(text, width, count)
  if width < 1 or count < 1 then
    return {}
  end
  local lines, line, used = {}, {}, 0
  for sign in text:gmatch(utf8.charpattern) do
    if used + width_of(sign) > width then
      if #lines + 1 == count then
        line[#line] = "…"
        lines[#lines + 1] = table.concat(line)
        return lines
      end
      lines[#lines + 1] = table.concat(line)
      line, used = {}, 0
    end
    line[#line + 1] = sign
    used = used + width_of(sign)
  end
  lines[#lines + 1] = table.concat(line)
  return lines
end

return text_width
