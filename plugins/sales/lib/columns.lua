-- Columns and groups that the reports share.

local columns = {}

--- A column of a report; labels in the order zh-CN, zh-TW, en.
function columns.column(name, type, labels, total)
  local label = { ["zh-CN"] = labels[1], ["zh-TW"] = labels[2], en = labels[3] }
  return { name = name, type = type, label = label, total = total or nil }
end

--- How a value by which records of an object were grouped is shown: the name of a record referred to, the
--- label of a picklist value, a text for none.
function columns.group_label(object, field, value)
  if value == nil or value == "" then
    return crm.t("report.none")
  elseif type(value) == "userdata" then
    return value.name
  end
  return crm.find(object, field .. " = ?", { params = { value }, limit = 1 })[1]:label(field)
end

--- A share in percent, with two places.
function columns.share(part, whole)
  if whole == 0 or type(whole) ~= "number" and whole:is_zero() then
    return crm.decimal("0.00")
  end
  return (crm.decimal(part) * crm.decimal(100)):div(crm.decimal(whole), 2)
end

--- The value that is meant, of those a parameter may have; each with the words that people use for it: { "owner", "业务员" }.
--- Raises when it is none of them.
function columns.one_of(name, value, allowed)
  local choices = {}
  for index, words in ipairs(allowed) do
    for _, word in ipairs(words) do
      if value == word then
        return words[1]
      end
    end
    choices[index] = words[1] .. "（" .. words[2] .. "）"
  end
  error({ code = "invalid_input", message = crm.t("report.wrong_choice", {
    name = name,
    value = tostring(value),
    choices = table.concat(choices, ", "),
  }) })
end

return columns
