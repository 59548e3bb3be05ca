-- Finding the records that people mean in commands and reports.

local records = {}

--- The record that people mean by a text: customer/1, its code, or a name that it alone has, when the field of the name is
--- given; nil when it is none.
function records.meant(object, text, name)
  text = (text and tostring(text) or ""):match("^%s*(.-)%s*$")
  if text == "" then
    return nil
  end
  if text:match("^" .. object .. "/%d+$") then
    return crm.get(text)
  end
  local record = crm.find(object, "code = ?", { params = { text }, limit = 1 })[1]
  if record or not name then
    return record
  end
  local found = crm.find(object, name .. " = ?", { params = { text }, limit = 2 })
  return #found == 1 and found[1] or nil
end

--- The record with this code or number; with its field of the name also the one with this name. Raises, in the user's
--- language, when there is none.
function records.find(object, text, name)
  text = text and tostring(text) or ""
  local record = text:match("^%d+$") and crm.get(object, math.tointeger(tonumber(text)))
    or records.meant(object, text, name)
  if not record then
    error({ code = "not_found", message = crm.t("records.unknown." .. object, { text = text }) })
  end
  return record
end

--- The salesperson with this staff number or name; nil when the text is empty. Raises when there is none.
function records.salesperson(text)
  if not text or text == "" then
    return nil
  end
  local found = records.meant("salesperson", text, "name")
  if not found then
    error({ code = "not_found", message = crm.t("records.unknown.salesperson", { text = text }) })
  end
  return found
end

return records
