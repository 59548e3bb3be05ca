-- Finding the records that people mean in commands and reports.

local records = {}

--- The record with this code, number or name. Raises, in the user's language, when there is none.
function records.find(object, text)
  local record
  text = text and tostring(text) or ""
  if text:match("^%d+$") then
    record = crm.get(object, math.tointeger(tonumber(text)))
  elseif text:match("^" .. object .. "/%d+$") then
    record = crm.get(text)
  end
  record = record or crm.find(object, "code = ?", { params = { text }, limit = 1 })[1]
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
  local found = crm.find("salesperson", "code = ? or name = ?", { params = { text, text }, limit = 1 })[1]
  if not found then
    error({ code = "not_found", message = crm.t("records.unknown.salesperson", { text = text }) })
  end
  return found
end

return records
